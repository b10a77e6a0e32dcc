#include "sdk/wire/import/posthog_properties.hpp"

#include <cctype>
#include <map>
#include <optional>
#include <vector>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

Node listed(const Node& value) { return value.is_array() ? value : Node::array({value}); }

/// The operators that say of another one that it does not hold.
std::optional<std::string> opposite_of(const std::string& op) {
  static const std::map<std::string, std::string> opposites = {{"is_not", "exact"},
                                                               {"not_icontains", "icontains"},
                                                               {"not_starts_with", "starts_with"},
                                                               {"not_ends_with", "ends_with"},
                                                               {"not_regex", "regex"},
                                                               {"semver_neq", "semver_eq"},
                                                               {"is_not_set", "is_set"},
                                                               {"not_in", "in"}};
  const auto found = opposites.find(op);
  return found == opposites.end() ? std::nullopt : std::optional(found->second);
}

std::string text_of(const Node& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// A day counted from now moves every day, and with it who is in.
bool relative(const std::string& date) {
  return date.size() > 1 && (date[0] == '-' || std::isdigit(static_cast<unsigned char>(date[0])) != 0) &&
         std::isalpha(static_cast<unsigned char>(date.back())) != 0 && date.find(':') == std::string::npos;
}

Condition dates(const std::string& key, Operator op, const Node& value) {
  if (value.is_string() && relative(value.get<std::string>()))
    throw CannotCarry{"a filter on " + key + " counts days from now; schedule a change instead"};
  return assign::test_of(key, op, date_in(value));
}

Condition of_value(const std::string& key, const std::string& op, const Node& value) {
  static const std::map<std::string, Operator> numbers = {
      {"gt", Operator::gt}, {"gte", Operator::ge}, {"lt", Operator::lt}, {"lte", Operator::le}};
  if (op == "exact") return one_of_any_case(key, listed(value));
  if (op == "is_set") return assign::test_of(key, Operator::exists, true);
  if (op == "icontains") return matches_any_case(key, literally(text_of(value)));
  if (op == "starts_with") return matches_any_case(key, "^" + literally(text_of(value)));
  if (op == "ends_with") return matches_any_case(key, literally(text_of(value)) + "$");
  if (op == "regex") return assign::test_of(key, Operator::matches, text_of(value));
  if (op == "is_date_before") return dates(key, Operator::before, value);
  if (op == "is_date_after") return dates(key, Operator::after, value);
  if (op.starts_with("semver_")) return release_test(key, op.substr(op.find('_') + 1), text_of(value));
  if (const auto known = numbers.find(op); known != numbers.end())
    return assign::test_of(key, known->second, number_in(value));
  throw CannotCarry{"the operator " + op + " is not known here"};
}

}  // namespace

Condition PostHogProperties::translated(const Node& property, const std::string& where) const {
  std::set<std::string> open;
  return translated(property, where, open);
}

/// What is not known of a person is not what a negative filter rules out.
Condition PostHogProperties::translated(const Node& property, const std::string& where,
                                        std::set<std::string>& open) const {
  const std::string type = property.value("type", "person");
  const Node value = property.value("value", Node());
  const Node given = property.value("operator", Node());
  const std::string op = given.is_string() ? given.get<std::string>() : "exact";
  bool negated = property.value("negation", false);
  const auto opposite = opposite_of(op);
  if (opposite) negated = !negated;
  auto condition = type == "cohort" ? cohort(value, where, open)
                   : type == "flag" ? flag(property, where)
                                    : of_value(property.value("key", ""), opposite.value_or(op), value);
  return negated ? assign::not_of(std::move(condition)) : condition;
}

Condition PostHogProperties::group(const Node& group, const std::string& where, std::set<std::string>& open) const {
  if (!group.contains("values")) return translated(group, where, open);
  std::vector<Condition> parts;
  for (const auto& one : group["values"]) parts.push_back(this->group(one, where, open));
  if (parts.empty()) return assign::all_of({});
  return group.value("type", "AND") == "OR" ? assign::any_of(std::move(parts)) : assign::all_of(std::move(parts));
}

Condition PostHogProperties::cohort(const Node& id, const std::string& where, std::set<std::string>& open) const {
  const auto name = text_of(id);
  const auto found = cohorts_.find(name);
  if (found == cohorts_.end()) throw CannotCarry{"the cohort " + name + " is not in the file"};
  if (!open.insert(name).second) throw CannotCarry{"the cohort " + name + " uses itself"};
  auto condition = group(*found, where, open);
  open.erase(name);
  return condition;
}

Condition PostHogProperties::flag(const Node& property, const std::string& where) const {
  const auto name = text_of(property.value("key", Node()));
  if (!flags_.contains(name)) throw CannotCarry{"it depends on the flag " + name + ", which is not in the file"};
  const auto key = into_.key_for(name, where);
  const Node value = property.value("value", Node());
  if (value != true) return flag_is(key, value);
  return assign::not_of(flag_is(key, false));  // true stands for any variant
}

}  // namespace touchstone::wire::import
