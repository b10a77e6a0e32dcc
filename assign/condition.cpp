#include "assign/condition.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace touchstone::assign {
namespace {

constexpr std::array<std::string_view, 16> names = {"is",         "in",         "lt",   "le",      "gt",     "ge",
                                                    "contains",   "starts",     "ends", "matches", "before", "after",
                                                    "version_lt", "version_ge", "cidr", "exists"};

Condition group(Condition::Kind kind, std::vector<Condition> children) {
  Condition condition;
  condition.kind = kind;
  condition.children = std::move(children);
  return condition;
}

Condition test(Condition::Kind kind, std::string name, Operator op, Operand operand) {
  Condition condition;
  condition.kind = kind;
  condition.name = std::move(name);
  condition.op = op;
  condition.operand = std::move(operand);
  return condition;
}

}  // namespace

std::string_view name_of(Operator op) noexcept { return names[static_cast<std::size_t>(op)]; }

std::optional<Operator> operator_named(std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Operator>(found - names.begin());
}

Condition all_of(std::vector<Condition> children) { return group(Condition::Kind::all, std::move(children)); }
Condition any_of(std::vector<Condition> children) { return group(Condition::Kind::any, std::move(children)); }

Condition not_of(Condition child) {
  std::vector<Condition> children;
  children.push_back(std::move(child));
  return group(Condition::Kind::negate, std::move(children));
}

Condition in_segment(std::string key) {
  Condition condition;
  condition.kind = Condition::Kind::segment;
  condition.name = std::move(key);
  return condition;
}

Condition test_of(std::string attribute, Operator op, Operand operand) {
  return test(Condition::Kind::test, std::move(attribute), op, std::move(operand));
}

Condition flag_gives(std::string flag, Operator op, Operand operand) {
  return test(Condition::Kind::flag, std::move(flag), op, std::move(operand));
}

Condition variant_is(std::string experiment, Operator op, Operand operand) {
  return test(Condition::Kind::variant, std::move(experiment), op, std::move(operand));
}

Condition growthbook_holds(Json tree) {
  Condition condition;
  condition.kind = Condition::Kind::growthbook;
  condition.foreign = std::move(tree);
  return condition;
}

}  // namespace touchstone::assign
