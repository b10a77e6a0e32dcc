#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "assign/subject.hpp"
#include "sdk/wire/document_node.hpp"

namespace touchstone::tests {

/// Owns what a subject views: `{"units":{type:id}, "attributes":{...}, "sticky":{experiment:variant}}`.
class OwnedSubject {
 public:
  explicit OwnedSubject(const wire::Node& node) {
    for (const auto& [type, id] : member(node, "units").items()) units_.push_back({keep(type), keep(id)});
    for (const auto& [key, value] : member(node, "attributes").items())
      attributes_.push_back({keep(key), value_of(value)});
    for (const auto& [experiment, variant] : member(node, "sticky").items())
      sticky_.push_back({keep(experiment), keep(variant)});
  }
  OwnedSubject(const OwnedSubject&) = delete;
  OwnedSubject& operator=(const OwnedSubject&) = delete;

  [[nodiscard]] assign::Subject view() const { return {units_, attributes_, sticky_}; }

 private:
  static const wire::Node& member(const wire::Node& node, const char* name) {
    static const wire::Node nothing = wire::Node::object();
    return node.contains(name) ? node[name] : nothing;
  }

  std::string_view keep(const std::string& text) { return texts_.emplace_back(text); }

  assign::Value value_of(const wire::Node& node) {
    if (node.is_boolean()) return node.get<bool>();
    if (node.is_number()) return node.get<double>();
    if (node.is_string()) return keep(node.get<std::string>());
    auto& list = lists_.emplace_back();
    for (const auto& element : node) list.push_back(keep(element.get<std::string>()));
    return std::span<const std::string_view>(list);
  }

  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
  std::vector<assign::Unit> units_;
  std::vector<assign::Attribute> attributes_;
  std::vector<assign::Sticky> sticky_;
};

}  // namespace touchstone::tests
