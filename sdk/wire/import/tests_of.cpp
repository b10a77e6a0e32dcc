#include "sdk/wire/import/tests_of.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "assign/instant.hpp"
#include "assign/network.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

using assign::Condition;
using assign::Operator;

namespace {

constexpr std::ptrdiff_t most_parts = 8;  // of a version; see assign/version.hpp

/// The version after which a prerelease of `version`, and none of an earlier one, comes.
std::string first_of(std::string version) { return std::move(version).append("-0"); }

/// The first version after `version` and its prereleases.
std::string next_after(std::string version) {
  auto parts = std::count(version.begin(), version.end(), '.') + 1;
  if (parts >= most_parts) throw CannotCarry{"the version " + version + " has too many parts"};
  for (; parts < most_parts - 1; ++parts) version.append(".0");
  return version.append(".1-0");
}

std::string without_suffix(std::string version, const char* suffixes) {
  version.erase(std::min(version.find_first_of(suffixes), version.size()));
  return version;
}

/// From the one version on, but not from the other one on.
Condition between(const std::string& attribute, std::string from, std::string to) {
  std::vector<Condition> both;
  both.push_back(assign::test_of(attribute, Operator::version_ge, std::move(from)));
  both.push_back(assign::test_of(attribute, Operator::version_lt, std::move(to)));
  return assign::all_of(std::move(both));
}

}  // namespace

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

Condition has_unit(const std::string& unit) { return assign::growthbook_holds(tree_of({{unit, {{"$exists", true}}}})); }

Condition unit_matches(const std::string& unit, const std::string& pattern) {
  return assign::growthbook_holds(tree_of({{unit, {{"$regex", pattern}}}}));
}

Condition matches_any_case(const std::string& attribute, const std::string& pattern) {
  return assign::growthbook_holds(tree_of({{attribute, {{"$regexi", pattern}}}}));
}

Condition one_of_any_case(const std::string& attribute, const Node& values) {
  Node texts = Node::array();
  Node others = Node::array();
  for (const auto& value : values) {
    texts.push_back(value.is_string() ? value : Node(value.dump()));
    const auto plain = value.is_string() ? Node::parse(value.get<std::string>(), nullptr, false) : value;
    if (plain.is_number() || plain.is_boolean()) others.push_back(plain);
  }
  auto condition = assign::growthbook_holds(tree_of({{attribute, {{"$ini", texts}}}}));
  if (others.empty()) return condition;
  std::vector<Condition> any;
  any.push_back(std::move(condition));
  any.push_back(one_of(attribute, others));
  return assign::any_of(std::move(any));
}

Condition is_version(const std::string& attribute, const std::string& version) {
  const auto plain = without_suffix(version, "+");
  return between(attribute, plain, plain.find('-') == std::string::npos ? next_after(plain) : plain + ".0");
}

Condition release_test(const std::string& attribute, const std::string& op, const std::string& version) {
  const auto plain = without_suffix(version, "+-");
  if (op == "gte") return assign::test_of(attribute, Operator::version_ge, first_of(plain));
  if (op == "gt") return assign::test_of(attribute, Operator::version_ge, next_after(plain));
  if (op == "lt") return assign::test_of(attribute, Operator::version_lt, first_of(plain));
  if (op == "lte") return assign::test_of(attribute, Operator::version_lt, next_after(plain));
  if (op == "eq") return between(attribute, first_of(plain), next_after(plain));
  throw CannotCarry{"versions are compared by " + op};
}

Condition in_networks(const std::string& attribute, const Node& networks) {
  std::vector<std::string> known;
  for (const auto& network : networks)
    if (network.is_string() && assign::parse_network(network.get<std::string>()))
      known.push_back(network.get<std::string>());
  if (known.empty()) return assign::any_of({});
  return assign::test_of(attribute, Operator::cidr, std::move(known));
}

std::string literally(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (std::string_view(R"(\^$.|?*+()[]{}/-)").find(c) != std::string_view::npos) pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern;
}

std::string date_in(const Node& value) {
  constexpr double last_day = 253'402'300'799'000;  // of the year 9999
  if (!value.is_number()) return text_in(value);
  if (std::abs(value.get<double>()) > last_day) throw CannotCarry{value.dump() + " is no date"};
  return assign::to_text(assign::Instant(std::chrono::milliseconds(value.get<std::int64_t>())));
}

Condition flag_is(const std::string& flag, const Node& value) {
  if (value.is_boolean()) return assign::flag_gives(flag, Operator::is, value.get<bool>());
  if (value.is_number()) return assign::flag_gives(flag, Operator::is, value.get<double>());
  if (value.is_string()) return assign::flag_gives(flag, Operator::is, value.get<std::string>());
  throw CannotCarry{"a prerequisite asks for something else than a flag, a number or a text"};
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
