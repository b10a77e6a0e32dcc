#include "sdk/wire/import/statsig_conditions.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Condition any_pattern(const std::string& attribute, const Node& operands, const std::string& before,
                      const std::string& after) {
  std::vector<Condition> any;
  for (const auto& operand : operands) {
    const auto text = operand.is_string() ? operand.get<std::string>() : operand.dump();
    any.push_back(matches_any_case(attribute, std::string(before).append(literally(text)).append(after)));
  }
  return assign::any_of(std::move(any));
}

/// The operators that only say of another one that it does not hold; they do hold of what is missing.
std::optional<std::string> opposite_of(const std::string& op) {
  static const std::map<std::string, std::string> opposites = {{"none", "any"},
                                                               {"none_case_sensitive", "any_case_sensitive"},
                                                               {"str_contains_none", "str_contains_any"},
                                                               {"neq", "eq"}};
  const auto found = opposites.find(op);
  return found == opposites.end() ? std::nullopt : std::optional(found->second);
}

Condition versions(const std::string& attribute, const std::string& op, const std::string& version) {
  if (op == "version_neq") return there_but_not(attribute, release_test(attribute, "eq", version));
  return release_test(attribute, op.substr(op.find('_') + 1), version);
}

Condition of_attribute(const std::string& attribute, const std::string& op, const Node& target) {
  static const std::map<std::string, Operator> numbers = {
      {"gt", Operator::gt}, {"gte", Operator::ge}, {"lt", Operator::lt}, {"lte", Operator::le}};
  if (const auto opposite = opposite_of(op)) return assign::not_of(of_attribute(attribute, *opposite, target));
  if (const auto known = numbers.find(op); known != numbers.end())
    return assign::test_of(attribute, known->second, number_in(target));
  if (op == "any") return one_of_any_case(attribute, target);
  if (op == "any_case_sensitive") return one_of(attribute, target);
  if (op == "str_starts_with_any") return any_pattern(attribute, target, "^", "");
  if (op == "str_ends_with_any") return any_pattern(attribute, target, "", "$");
  if (op == "str_contains_any") return any_pattern(attribute, target, "", "");
  if (op == "str_matches") return assign::test_of(attribute, Operator::matches, text_in(target));
  if (op == "eq") return one_of(attribute, Node::array({target}));
  if (op == "before") return assign::test_of(attribute, Operator::before, date_in(target));
  if (op == "after") return assign::test_of(attribute, Operator::after, date_in(target));
  if (op.starts_with("version_")) return versions(attribute, op, text_in(target));
  throw CannotCarry{"the operator " + op + " is not known here"};
}

Condition of_unit(const std::string& unit, const std::string& op, const Node& target) {
  if (op == "in_segment_list" || op == "not_in_segment_list")
    throw CannotCarry{"the members of the id list " + target.dump() + " are not in the file"};
  if (const auto opposite = opposite_of(op)) return assign::not_of(of_unit(unit, *opposite, target));
  if (op == "eq") return is_unit(unit, Node::array({target}));
  if (op == "any" || op == "any_case_sensitive") return is_unit(unit, target);
  throw CannotCarry{"a rule compares ids by " + op};
}

}  // namespace

std::string unit_of_id_type(const Node& holder) {
  std::string type = holder.value("idType", "userID");
  if (lower_case(type) == "userid") return "user";
  if (!assign::valid_key(type)) throw CannotCarry{"the id type " + type + " cannot become a unit type"};
  return type;
}

Condition StatsigConditions::translated(const Node& condition, const std::string& where) const {
  const auto type = lower_case(condition.value("type", ""));
  const Node target = condition.value("targetValue", Node());
  const Node op = condition.value("operator", Node());
  const auto named = lower_case(op.is_string() ? op.get<std::string>() : "");
  if (type == "public") return assign::all_of({});
  if (type == "pass_gate" || type == "fail_gate") return gate(target, type == "pass_gate", where);
  if (type == "multi_pass_gate" || type == "multi_fail_gate") return any_gate(target, type == "multi_pass_gate", where);
  if (type == "unit_id") return of_unit(unit_of_id_type(condition), named, target);
  if (type == "current_time") throw CannotCarry{"a rule asks the clock; schedule a change instead"};
  const auto name = attribute(type, condition, where);
  const auto plain = lower_case(name);
  const bool user = plain == "userid" || plain == "user_id";
  return user ? of_unit("user", named, target) : of_attribute(name, named, target);
}

Condition StatsigConditions::gate(const Node& name, bool passes, const std::string& where) const {
  const auto gate = text_in(name);
  if (!gates_.contains(gate)) throw CannotCarry{"its gate " + gate + " is not in the file"};
  auto on = assign::flag_gives(into_.key_for(gate, where), Operator::is, true);
  return passes ? on : assign::not_of(std::move(on));
}

Condition StatsigConditions::any_gate(const Node& names, bool passes, const std::string& where) const {
  std::vector<Condition> any;
  for (const auto& name : names) any.push_back(gate(name, passes, where));
  return assign::any_of(std::move(any));
}

std::string StatsigConditions::attribute(const std::string& type, const Node& condition,
                                         const std::string& where) const {
  const Node field = condition.value("field", Node());
  if (!field.is_string()) throw CannotCarry{"a condition of type " + type + " is not known here"};
  auto name = field.get<std::string>();
  if (type == "user_field") return name;
  if (type != "ip_based" && type != "ua_based" && type != "environment_field")
    throw CannotCarry{"a condition of type " + type + " is not known here"};
  into_.warn(where, "asks for " + name + ", which Statsig's SDK finds out by itself: send it as an attribute");
  return name;
}

}  // namespace touchstone::wire::import
