#include "sdk/wire/import/launchdarkly_clauses.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

/// The pattern that stands for an operator on texts.
std::optional<std::string> pattern_of(const std::string& op, const std::string& operand) {
  if (op == "startsWith") return "^" + literally(operand);
  if (op == "endsWith") return literally(operand) + "$";
  if (op == "contains") return literally(operand);
  if (op == "matches") return operand;
  return std::nullopt;
}

/// The id of a unit, which is no attribute here.
Condition of_key(const std::string& unit, const std::string& op, const Node& values) {
  if (op == "in") return is_unit(unit, values);
  std::vector<Condition> any;
  for (const auto& value : values) {
    const auto pattern = pattern_of(op, text_in(value));
    if (!pattern) throw CannotCarry{"a clause compares keys by " + op};
    any.push_back(unit_matches(unit, *pattern));
  }
  return assign::any_of(std::move(any));
}

Condition version_after(const std::string& attribute, const std::string& version) {
  std::vector<Condition> both;
  both.push_back(assign::test_of(attribute, Operator::version_ge, version));
  both.push_back(assign::not_of(is_version(attribute, version)));
  return assign::all_of(std::move(both));
}

Condition of_value(const std::string& attribute, const std::string& op, const Node& value) {
  static const std::map<std::string, Operator> texts = {{"startsWith", Operator::starts},
                                                        {"endsWith", Operator::ends},
                                                        {"contains", Operator::contains},
                                                        {"matches", Operator::matches},
                                                        {"semVerLessThan", Operator::version_lt}};
  static const std::map<std::string, Operator> numbers = {{"lessThan", Operator::lt},
                                                          {"lessThanOrEqual", Operator::le},
                                                          {"greaterThan", Operator::gt},
                                                          {"greaterThanOrEqual", Operator::ge}};
  if (const auto known = texts.find(op); known != texts.end())
    return assign::test_of(attribute, known->second, text_in(value));
  if (const auto known = numbers.find(op); known != numbers.end())
    return assign::test_of(attribute, known->second, number_in(value));
  if (op == "before") return assign::test_of(attribute, Operator::before, date_in(value));
  if (op == "after") return assign::test_of(attribute, Operator::after, date_in(value));
  if (op == "semVerEqual") return is_version(attribute, text_in(value));
  if (op == "semVerGreaterThan") return version_after(attribute, text_in(value));
  throw CannotCarry{"the operator " + op + " is not known here"};
}

Condition of_attribute(const std::string& attribute, const std::string& op, const Node& values) {
  if (op == "in") return one_of(attribute, values);
  std::vector<Condition> any;
  for (const auto& value : values) any.push_back(of_value(attribute, op, value));
  return assign::any_of(std::move(any));
}

Condition of_units(const Node& targets, const char* users, const char* contexts) {
  std::vector<Condition> any;
  if (!targets.value(users, Node::array()).empty()) any.push_back(is_unit("user", targets[users]));
  for (const auto& target : targets.value(contexts, Node::array()))
    any.push_back(is_unit(unit_of_context(target.value("contextKind", "user")), target.value("values", Node::array())));
  return assign::any_of(std::move(any));
}

/// The attribute, or the unit, is there and the condition does not hold.
Condition denied(Condition there, Condition condition) {
  std::vector<Condition> both;
  both.push_back(std::move(there));
  both.push_back(assign::not_of(std::move(condition)));
  return assign::all_of(std::move(both));
}

}  // namespace

std::string unit_of_context(const std::string& kind) {
  if (!assign::valid_key(kind)) throw CannotCarry{"the context kind " + kind + " cannot become a unit type"};
  return kind;
}

std::string attribute_named(const std::string& reference) {
  if (!reference.starts_with('/')) return reference;
  if (reference.find('/', 1) != std::string::npos || reference.find('~') != std::string::npos)
    throw CannotCarry{"it reads a part of an attribute, " + reference};
  return reference.substr(1);
}

std::optional<Condition> LaunchDarklyClauses::all(const Node& clauses, const std::string& where) const {
  std::vector<Condition> all;
  std::set<std::string> open;
  for (const auto& one : clauses) all.push_back(clause(one, where, open));
  if (all.empty()) return std::nullopt;
  return all.size() == 1 ? std::move(all.front()) : assign::all_of(std::move(all));
}

Condition LaunchDarklyClauses::clause(const Node& clause, const std::string& where, std::set<std::string>& open) const {
  const std::string op = clause.value("op", "");
  const Node values = clause.value("values", Node::array());
  const bool negate = clause.value("negate", false);
  if (op == "segmentMatch") {
    auto condition = segments(values, where, open);
    return negate ? assign::not_of(std::move(condition)) : condition;
  }
  const auto kind = unit_of_context(clause.value("contextKind", "user"));
  auto name = attribute_named(clause.value("attribute", ""));
  if (name == "kind") throw CannotCarry{"a clause asks for the kind of a context"};
  if (name == "key") {
    auto condition = of_key(kind, op, values);
    return negate ? denied(has_unit(kind), std::move(condition)) : condition;
  }
  if (kind != "user") {
    name = kind + "." + name;
    into_.warn(where, "asks for an attribute of a " + kind + ": send it as " + name);
  }
  auto condition = of_attribute(name, op, values);
  return negate ? there_but_not(name, std::move(condition)) : condition;
}

Condition LaunchDarklyClauses::segments(const Node& names, const std::string& where,
                                        std::set<std::string>& open) const {
  std::vector<Condition> any;
  for (const auto& name : names) any.push_back(segment(text_in(name), where, open));
  return assign::any_of(std::move(any));
}

/// Who is listed is in, then who is excluded is out, then the rules decide.
Condition LaunchDarklyClauses::segment(const std::string& name, const std::string& where,
                                       std::set<std::string>& open) const {
  const auto found = segments_.find(name);
  if (found == segments_.end()) throw CannotCarry{"the segment " + name + " is not in the file"};
  if (found->value("unbounded", false))
    throw CannotCarry{"the members of the segment " + name + " are not in the file"};
  if (!open.insert(name).second) throw CannotCarry{"the segment " + name + " uses itself"};
  std::vector<Condition> rules;
  for (const auto& rule : found->value("rules", Node::array())) {
    if (rule.contains("weight") && !rule["weight"].is_null())
      throw CannotCarry{"the segment " + name + " takes a share of its members"};
    std::vector<Condition> all;
    for (const auto& one : rule.value("clauses", Node::array())) all.push_back(clause(one, where, open));
    rules.push_back(assign::all_of(std::move(all)));
  }
  open.erase(name);
  std::vector<Condition> not_listed;
  not_listed.push_back(assign::not_of(of_units(*found, "excluded", "excludedContexts")));
  not_listed.push_back(assign::any_of(std::move(rules)));
  std::vector<Condition> any;
  any.push_back(of_units(*found, "included", "includedContexts"));
  any.push_back(assign::all_of(std::move(not_listed)));
  return assign::any_of(std::move(any));
}

}  // namespace touchstone::wire::import
