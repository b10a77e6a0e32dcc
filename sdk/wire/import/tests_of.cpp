#include "sdk/wire/import/tests_of.hpp"

#include <charconv>
#include <utility>
#include <vector>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

using assign::Condition;
using assign::Operator;

Condition there_but_not(const std::string& attribute, Condition condition) {
  std::vector<Condition> both;
  both.push_back(assign::test_of(attribute, Operator::exists, true));
  both.push_back(assign::not_of(std::move(condition)));
  return assign::all_of(std::move(both));
}

Condition one_of(const std::string& attribute, const Node& values) {
  std::vector<Condition> any;
  std::vector<std::string> texts;
  std::vector<double> numbers;
  for (const auto& value : values) {
    if (value.is_string())
      texts.push_back(value.get<std::string>());
    else if (value.is_number())
      numbers.push_back(value.get<double>());
    else if (value.is_boolean())
      any.push_back(assign::test_of(attribute, Operator::is, value.get<bool>()));
    else
      throw CannotCarry{"a condition on " + attribute + " lists something else than texts, numbers and flags"};
  }
  if (!texts.empty()) any.push_back(assign::test_of(attribute, Operator::in, std::move(texts)));
  if (!numbers.empty()) any.push_back(assign::test_of(attribute, Operator::in, std::move(numbers)));
  return any.size() == 1 ? std::move(any.front()) : assign::any_of(std::move(any));
}

Condition any_operand(const std::string& attribute, Operator op, const Node& operands) {
  std::vector<Condition> any;
  for (const auto& operand : operands) any.push_back(assign::test_of(attribute, op, text_in(operand)));
  return any.size() == 1 ? std::move(any.front()) : assign::any_of(std::move(any));
}

Condition is_unit(const std::string& unit, const Node& ids) {
  return assign::growthbook_holds(tree_of({{unit, {{"$in", ids}}}}));
}

double number_in(const Node& value) {
  if (value.is_number()) return value.get<double>();
  const auto text = text_in(value);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) throw CannotCarry{text + " is not a number"};
  return number;
}

std::string text_in(const Node& value) {
  if (!value.is_string()) throw CannotCarry{value.dump() + " is not a text"};
  return value.get<std::string>();
}

}  // namespace touchstone::wire::import
