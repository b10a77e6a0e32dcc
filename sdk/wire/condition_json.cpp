#include "sdk/wire/condition_json.hpp"

#include <algorithm>
#include <utility>

#include "assign/pointer.hpp"
#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {
namespace {

using assign::child_pointer;
using assign::Condition;
using assign::Operand;

constexpr std::size_t largest_condition = 4U << 20U;
constexpr std::size_t largest_segment = 320U << 20U;
constexpr std::size_t deepest = 2 * assign::ConditionLimits::depth + 4;

constexpr std::string_view shapes =
    R"(write {"all":[...]}, {"any":[...]}, {"not":c}, {"segment":key}, )"
    R"({"flag":[key, operator, operand]}, {"variant":[experiment, operator, operand]}, {"growthbook":{...}} )"
    R"(or [attribute, operator, operand])";

Error refuse(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

std::string operator_names() {
  std::string names;
  for (int i = 0; i <= static_cast<int>(assign::Operator::exists); ++i)
    names += (names.empty() ? "" : ", ") + std::string(name_of(static_cast<assign::Operator>(i)));
  return names;
}

template <class T>
Result<Operand> list_of(const Node& node, const std::string& pointer, bool (Node::*is_right)() const noexcept) {
  if (!std::all_of(node.begin(), node.end(), [&](const Node& member) { return (member.*is_right)(); }))
    return refuse(pointer, "the list mixes types", "use texts only, or numbers only");
  return Operand(node.get<std::vector<T>>());
}

Result<Operand> operand_from(const Node& node, const std::string& pointer) {
  if (node.is_boolean()) return Operand(node.get<bool>());
  if (node.is_number()) return Operand(node.get<double>());
  if (node.is_string()) return Operand(node.get<std::string>());
  if (!node.is_array()) return refuse(pointer, "this cannot be an operand", "a text, number, true, false or a list");
  if (!node.empty() && node.front().is_number()) return list_of<double>(node, pointer, &Node::is_number);
  return list_of<std::string>(node, pointer, &Node::is_string);
}

Result<Condition> test_from(const Node& node, const std::string& pointer) {
  if (node.size() != 3 || !node[0].is_string() || !node[1].is_string())
    return refuse(pointer, "a test has three members", "[attribute, operator, operand]");
  const auto& name = node[1].get_ref<const std::string&>();
  const auto op = assign::operator_named(name);
  if (!op) return refuse(child_pointer(pointer, 1), "unknown operator " + name, "use one of " + operator_names());
  auto operand = operand_from(node[2], child_pointer(pointer, 2));
  if (!operand) return std::move(operand).error();
  return assign::test_of(node[0].get<std::string>(), *op, *std::move(operand));
}

Result<std::vector<Condition>> children_from(const Node& node, const std::string& pointer) {
  if (!node.is_array()) return refuse(pointer, "this is not a list of conditions", std::string(shapes));
  std::vector<Condition> children;
  for (std::size_t i = 0; i < node.size(); ++i) {
    auto child = condition_from(node[i], child_pointer(pointer, i));
    if (!child) return std::move(child).error();
    children.push_back(*std::move(child));
  }
  return children;
}

Result<Condition> group_from(const Node& list, const std::string& pointer,
                             Condition (*make)(std::vector<Condition> children)) {
  auto children = children_from(list, pointer);
  if (!children) return std::move(children).error();
  return make(*std::move(children));
}

Result<Condition> not_from(const Node& inner, const std::string& pointer) {
  auto child = condition_from(inner, pointer);
  if (!child) return child;
  return assign::not_of(*std::move(child));
}

Result<Condition> in_segment_from(const Node& key, const std::string& pointer) {
  if (!key.is_string()) return refuse(pointer, "this is not the key of a segment", "name a segment");
  return assign::in_segment(key.get<std::string>());
}

Result<Condition> prerequisite_from(const Node& node, const std::string& pointer, Condition::Kind kind) {
  if (!node.is_array()) return refuse(pointer, "this is not a prerequisite", "[key, operator, operand]");
  auto test = test_from(node, pointer);
  if (!test) return test;
  test->kind = kind;
  return test;
}

Node group_node(const char* member, const std::vector<Condition>& children) {
  Node list = Node::array();
  for (const auto& child : children) list.push_back(to_node(child));
  return {{member, std::move(list)}};
}

Node operand_node(const Operand& operand) {
  if (const auto* number = std::get_if<double>(&operand)) return number_node(*number);
  if (const auto* numbers = std::get_if<std::vector<double>>(&operand)) {
    Node list = Node::array();
    for (const double number : *numbers) list.push_back(number_node(number));
    return list;
  }
  return std::visit([](const auto& value) { return Node(value); }, operand);
}

Node test_node(const Condition& condition) {
  return Node::array({condition.name, name_of(condition.op), operand_node(condition.operand)});
}

}  // namespace

Result<Condition> condition_from(const Node& node, std::string_view at) {
  const std::string pointer(at);
  if (node.is_array()) return test_from(node, pointer);
  if (!node.is_object() || node.size() != 1) return refuse(pointer, "this is not a condition", std::string(shapes));
  const auto& name = node.begin().key();
  const auto& inner = node.begin().value();
  const auto inside = child_pointer(pointer, name);
  if (name == "all") return group_from(inner, inside, assign::all_of);
  if (name == "any") return group_from(inner, inside, assign::any_of);
  if (name == "not") return not_from(inner, inside);
  if (name == "segment") return in_segment_from(inner, inside);
  if (name == "flag") return prerequisite_from(inner, inside, Condition::Kind::flag);
  if (name == "variant") return prerequisite_from(inner, inside, Condition::Kind::variant);
  if (name == "growthbook") return assign::growthbook_holds(tree_of(inner));
  return refuse(inside, "unknown kind of condition " + name, std::string(shapes));
}

Node to_node(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all:
      return group_node("all", condition.children);
    case Condition::Kind::any:
      return group_node("any", condition.children);
    case Condition::Kind::negate:
      return {{"not", to_node(condition.children.front())}};
    case Condition::Kind::segment:
      return {{"segment", condition.name}};
    case Condition::Kind::flag:
      return {{"flag", test_node(condition)}};
    case Condition::Kind::variant:
      return {{"variant", test_node(condition)}};
    case Condition::Kind::growthbook:
      return {{"growthbook", node_of(condition.foreign)}};
    case Condition::Kind::test:
      break;
  }
  return test_node(condition);
}

Result<assign::Segment> segment_from(const Node& node, std::string_view at) {
  const std::string pointer(at);
  if (!node.is_object() || !node.contains("list")) {
    auto rule = condition_from(node, pointer);
    if (!rule) return std::move(rule).error();
    return assign::Segment(*std::move(rule));
  }
  const auto& list = node["list"];
  const bool shaped =
      list.is_object() && list.contains("unit") && list["unit"].is_string() && list.contains("ids") &&
      list["ids"].is_array() &&
      std::all_of(list["ids"].begin(), list["ids"].end(), [](const Node& id) { return id.is_string(); });
  if (!shaped)
    return refuse(child_pointer(pointer, "list"), "this is not a list of ids",
                  R"(write {"unit":"user","ids":["u1","u2"]}; ids are texts)");
  return assign::Segment(
      assign::UnitList{list["unit"].get<std::string>(), list["ids"].get<std::vector<std::string>>()});
}

Node to_node(const assign::Segment& segment) {
  if (const auto* rule = std::get_if<Condition>(&segment)) return to_node(*rule);
  const auto& list = std::get<assign::UnitList>(segment);
  return {{"list", {{"unit", list.unit}, {"ids", list.ids}}}};
}

Result<Condition> read_condition(std::string_view json, std::string_view pointer) {
  auto node = parse_document(json, largest_condition, deepest);
  if (!node) return std::move(node).error();
  return condition_from(*node, pointer);
}

std::string write_condition(const Condition& condition) { return to_node(condition).dump(); }

Result<assign::Segment> read_segment(std::string_view json, std::string_view pointer) {
  auto node = parse_document(json, largest_segment, deepest);
  if (!node) return std::move(node).error();
  return segment_from(*node, pointer);
}

std::string write_segment(const assign::Segment& segment) { return to_node(segment).dump(); }

}  // namespace touchstone::wire
