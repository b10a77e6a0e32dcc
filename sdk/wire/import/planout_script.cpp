#include "sdk/wire/import/planout_script.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

Node member(const Node& node, const char* name) { return node.is_object() ? node.value(name, Node()) : Node(); }

Node constant_member(const Node& node, const char* name) {
  auto value = constant_in(member(node, name));
  if (!value) throw CannotCarry{"a script compares with something that it computes"};
  return *std::move(value);
}

class Script {
 public:
  void walk(const Node& step, const std::vector<Condition>& before) {
    const auto op = operator_of(step);
    if (op == "seq") {
      for (const auto& one : member(step, "seq")) walk(one, before);
    } else if (op == "set") {
      add(step, before);
    } else if (op == "cond") {
      branch(member(step, "cond"), before);
    } else if (!op.empty()) {
      throw CannotCarry{"a script uses " + op + " as a step"};
    }
  }

  [[nodiscard]] std::vector<PlanOutSet> sets() && {
    std::reverse(sets_.begin(), sets_.end());
    return std::move(sets_);
  }

 private:
  void add(const Node& set, const std::vector<Condition>& before) {
    const auto name = text_in(member(set, "var"));
    known_.insert(name);
    sets_.push_back(
        {name, member(set, "value"), before.empty() ? std::nullopt : std::optional(assign::all_of(before))});
  }

  void branch(const Node& branches, std::vector<Condition> before) {
    for (const auto& one : branches) {
      const auto holds = condition(member(one, "if"));
      auto inside = before;
      inside.push_back(holds);
      walk(member(one, "then"), inside);
      before.push_back(assign::not_of(holds));
    }
  }

  [[nodiscard]] std::vector<Condition> conditions(const Node& nodes) const {
    std::vector<Condition> all;
    for (const auto& node : nodes) all.push_back(condition(node));
    return all;
  }

  [[nodiscard]] Condition condition(const Node& node) const {
    const auto op = operator_of(node);
    if (const auto constant = constant_in(node); constant && constant->is_boolean())
      return *constant == true ? assign::all_of({}) : assign::any_of({});
    if (op == "and") return assign::all_of(conditions(member(node, "values")));
    if (op == "or") return assign::any_of(conditions(member(node, "values")));
    if (op == "not") return assign::not_of(condition(member(node, "value")));
    if (op == "get") return assign::test_of(input(node), Operator::is, true);
    if (op == "equals") return equal(node);
    static const std::map<std::string, Operator> numbers = {
        {">", Operator::gt}, {">=", Operator::ge}, {"<", Operator::lt}, {"<=", Operator::le}};
    const auto known = numbers.find(op);
    if (known == numbers.end()) throw CannotCarry{"a script decides by " + (op.empty() ? node.dump() : op)};
    return assign::test_of(input(member(node, "left")), known->second, number_in(constant_member(node, "right")));
  }

  [[nodiscard]] Condition equal(const Node& node) const {
    const bool reversed = operator_of(member(node, "left")) != "get";
    return one_of(input(member(node, reversed ? "right" : "left")),
                  Node::array({constant_member(node, reversed ? "left" : "right")}));
  }

  /// What the script has set itself is no input: it may differ from person to person.
  [[nodiscard]] std::string input(const Node& node) const {
    auto name = variable_in(node);
    if (known_.contains(name)) throw CannotCarry{"a script decides by its own parameter " + name};
    return name;
  }

  std::vector<PlanOutSet> sets_;
  std::set<std::string> known_;
};

}  // namespace

std::vector<PlanOutSet> sets_of(const Node& script) {
  Script reader;
  reader.walk(script, {});
  return std::move(reader).sets();
}

std::optional<Node> constant_in(const Node& value) {
  const auto op = operator_of(value);
  if (op.empty()) return value;
  if (op == "literal") return member(value, "value");
  if (op != "array") return std::nullopt;
  Node list = Node::array();
  for (const auto& one : member(value, "values")) {
    auto constant = constant_in(one);
    if (!constant) return std::nullopt;
    list.push_back(*std::move(constant));
  }
  return list;
}

std::string operator_of(const Node& value) {
  const auto op = member(value, "op");
  return op.is_string() ? op.get<std::string>() : std::string();
}

std::string variable_in(const Node& value) {
  if (operator_of(value) != "get") throw CannotCarry{"a script reads " + value.dump() + " where an input belongs"};
  return text_in(member(value, "var"));
}

}  // namespace touchstone::wire::import
