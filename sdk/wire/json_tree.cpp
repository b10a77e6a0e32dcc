#include "sdk/wire/json_tree.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {
namespace {

using assign::Json;

constexpr std::size_t largest = 16U << 20U;
constexpr std::size_t deepest = 64;

Json array_of(const Node& node) {
  Json::Array all;
  for (const auto& element : node) all.push_back(tree_of(element));
  return {std::move(all)};
}

Json object_of(const Node& node) {
  Json::Object all;
  for (const auto& [name, member] : node.items()) all.emplace(name, tree_of(member));
  return {std::move(all)};
}

}  // namespace

Json tree_of(const Node& node) {
  if (node.is_boolean()) return {node.get<bool>()};
  if (node.is_number()) return {node.get<double>()};
  if (node.is_string()) return {node.get<std::string>()};
  if (node.is_array()) return array_of(node);
  if (node.is_object()) return object_of(node);
  return {};
}

Node node_of(const Json& tree) {
  if (const auto* flag = tree.flag()) return *flag;
  if (const auto* number = tree.number()) return number_node(*number);
  if (const auto* text = tree.text()) return *text;
  if (tree.is_null()) return nullptr;
  Node node = tree.array() != nullptr ? Node::array() : Node::object();
  if (const auto* elements = tree.array())
    for (const auto& element : *elements) node.push_back(node_of(element));
  if (const auto* members = tree.object())
    for (const auto& [name, member] : *members) node[name] = node_of(member);
  return node;
}

Result<Json> read_json(std::string_view json) {
  auto node = parse_document(json, largest, deepest);
  if (!node) return std::move(node).error();
  return tree_of(*node);
}

}  // namespace touchstone::wire
