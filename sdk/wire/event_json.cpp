#include "sdk/wire/event_json.hpp"

#include <type_traits>
#include <variant>

#include "sdk/wire/cursor.hpp"
#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {
namespace {

constexpr std::size_t largest_answer = 4U << 20U;
constexpr std::size_t deepest_answer = 8;

Node unit_node(const assign::Unit& unit) { return {{"type", std::string(unit.type)}, {"id", std::string(unit.id)}}; }

Node head_node(const ItemHead& head, const char* type) {
  return {
      {"id", std::string(head.id)}, {"type", type}, {"unit", unit_node(head.unit)}, {"ts", assign::to_text(head.at)}};
}

Node value_node(const assign::Value& value) {
  return std::visit(
      [](const auto& held) -> Node {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool>) return held;
        if constexpr (std::is_same_v<Held, double>) return number_node(held);
        if constexpr (std::is_same_v<Held, std::string_view>) return std::string(held);
        if constexpr (std::is_same_v<Held, std::span<const std::string_view>>) {
          Node list = Node::array();
          for (const auto text : held) list.push_back(std::string(text));
          return list;
        }
      },
      value);
}

/// Where a key occurs twice the first one counts, as in decisions.
Node attributes_node(assign::Attributes attributes) {
  Node node = Node::object();
  for (const auto& [key, value] : attributes) node.emplace(std::string(key), value_node(value));
  return node;
}

std::uint64_t* count_of(Verdicts& verdicts, std::string_view word) {
  if (word == "stored") return &verdicts.stored;
  if (word == "duplicate") return &verdicts.duplicate;
  if (word == "quarantined") return &verdicts.quarantined;
  if (word == "refused") return &verdicts.refused;
  return nullptr;
}

}  // namespace

std::string write_item(const ItemHead& head, const ExposureItem& exposure) {
  Node node = head_node(head, "exposure");
  node["experiment"] = std::string(exposure.experiment);
  node["variant"] = std::string(exposure.variant);
  node["config_version"] = exposure.config_version;
  return node.dump();
}

std::string write_item(const ItemHead& head, const EventItem& event) {
  Node node = head_node(head, "event");
  node["name"] = std::string(event.name);
  if (event.value) node["value"] = number_node(*event.value);
  if (!event.properties.empty()) node["properties"] = attributes_node(event.properties);
  if (!event.channel.empty()) node["channel"] = std::string(event.channel);
  if (!event.touchpoint.empty()) node["touchpoint"] = std::string(event.touchpoint);
  return node.dump();
}

std::string write_link(const ItemHead& head, const assign::Unit& to) {
  Node node = head_node(head, "link");
  node["to"] = unit_node(to);
  return node.dump();
}

std::string write_traits(const ItemHead& head, assign::Attributes attributes) {
  Node node = head_node(head, "traits");
  node["attributes"] = attributes_node(attributes);
  return node.dump();
}

std::string write_batch(assign::Instant sent_at, std::span<const std::string> items) {
  std::string body = R"({"sent_at":")" + assign::to_text(sent_at) + R"(","events":[)";
  for (const auto& item : items) {
    body += item;
    body += ',';
  }
  if (!items.empty()) body.pop_back();
  return body + "]}";
}

Result<Verdicts> read_verdicts(std::string_view json) {
  const auto node = parse_document(json, largest_answer, deepest_answer);
  if (!node) return node.error();
  std::optional<Error> problem;
  Verdicts verdicts;
  Cursor(*node, "", problem).member("items").each_element([&verdicts](const Cursor& item) {
    const auto word = item.member("verdict");
    auto* const count = count_of(verdicts, word.text());
    if (word.is(count != nullptr, "one of stored, duplicate, quarantined and refused")) ++*count;
  });
  if (problem) return *std::move(problem);
  return verdicts;
}

}  // namespace touchstone::wire
