#include "service/api/schema_section.hpp"

#include <utility>

#include "service/codec/canonical_json.hpp"

namespace touchstone::api {

namespace {

using codec::JsonKind;
using codec::JsonView;
using page::Markup;

std::string_view text_of(JsonView object, std::string_view key) {
  const auto member = object.find(key);
  return member ? member->text().value_or("") : std::string_view{};
}

std::string_view component_of(std::string_view reference) {
  constexpr std::string_view base = "#/components/schemas/";
  if (!reference.starts_with(base)) return {};
  reference.remove_prefix(base.size());
  return reference.substr(0, reference.find('/'));
}

Markup word(JsonView value) {
  if (const auto text = value.text()) return page::element("code", {}, *text);
  if (const auto number = value.integer()) return page::element("code", {}, std::to_string(*number));
  return page::element("code", {}, "null");
}

Markup any_of(JsonView schemas) {
  Markup all;
  for (const auto& schema : schemas.elements()) all = joined(std::move(all), " or ", type_text(schema));
  return all;
}

Markup values_of(JsonView values) {
  Markup all;
  for (const auto& value : values.elements()) all = joined(std::move(all), " ", word(value));
  return all;
}

Markup list_of(JsonView schema) {
  const auto items = schema.find("items");
  return items ? page::text_node("list of ") + type_text(*items) : page::text_node("list");
}

Markup type_named(JsonView schema, std::string_view name) {
  if (name == "array") return list_of(schema);
  const auto further = schema.find("additionalProperties");
  if (name == "object" && further && further->is(JsonKind::object))
    return page::text_node("object of ") + type_text(*further);
  return page::text_node(name);
}

bool is_required(JsonView schema, std::string_view key) {
  const auto required = schema.find("required");
  if (!required) return false;
  for (const auto& name : required->elements())
    if (name.text() == key) return true;
  return false;
}

Markup member_row(JsonView schema, std::string_view key, JsonView member) {
  const auto name = page::element("code", {}, key);
  const auto needed = is_required(schema, key) ? page::element("span", {{"class", "soft"}}, " required") : Markup{};
  return page::element("tr", {},
                       page::element("th", {{"scope", "row"}}, name + needed) +
                           page::element("td", {}, type_text(member)) +
                           page::element("td", {}, text_of(member, "description")));
}

Markup members_table(JsonView schema) {
  const auto properties = schema.find("properties");
  if (!properties) return {};
  Markup rows;
  for (const auto& [key, member] : properties->members()) rows += member_row(schema, key, member);
  return page::element("table", {{"class", "members"}}, page::element("tbody", {}, rows));
}

/// What another component says, and what must be there besides.
Markup base_of(JsonView schema) {
  if (component_of(text_of(schema, "$ref")).empty()) return {};
  Markup needed;
  if (const auto required = schema.find("required")) needed = values_of(*required);
  return page::element("p", {},
                       page::text_node("As ") + type_text(schema) + page::text_node(", which must have ") + needed +
                           page::text_node("."));
}

Markup own_type(JsonView schema) {
  if (schema.find("properties") || schema.find("$ref")) return {};
  return page::element("p", {}, type_text(schema));
}

Markup example_of(JsonView schema) {
  const auto examples = schema.find("examples");
  if (!examples) return {};
  Markup all;
  for (const auto& example : examples->elements()) {
    std::string text;
    if (codec::append_canonical(text, example)) all += page::element("pre", {}, page::element("code", {}, text));
  }
  return all;
}

}  // namespace

Markup joined(Markup a, std::string_view between, Markup b) {
  if (a.text.empty()) return b;
  if (b.text.empty()) return a;
  return std::move(a) + page::text_node(between) + b;
}

Markup schema_link(std::string_view name) {
  return page::element("a", {{"href", "#schema-" + std::string(name)}}, name);
}

Markup type_text(JsonView schema) {
  if (const auto name = component_of(text_of(schema, "$ref")); !name.empty()) return schema_link(name);
  if (const auto any = schema.find("anyOf")) return any_of(*any);
  if (const auto values = schema.find("enum")) return values_of(*values);
  if (const auto value = schema.find("const")) return word(*value);
  const auto type = schema.find("type");
  if (!type) return page::text_node("any JSON value");
  if (const auto name = type->text()) return type_named(schema, *name);
  Markup all;
  for (const auto& one : type->elements())
    all = joined(std::move(all), " or ", type_named(schema, one.text().value_or("")));
  return all;
}

Markup schema_section(std::string_view name, JsonView schema) {
  return page::element("div", {{"id", "schema-" + std::string(name)}, {"class", "schema"}},
                       page::element("h3", {}, name) + page::element("p", {}, text_of(schema, "description")) +
                           own_type(schema) + base_of(schema) + members_table(schema) + example_of(schema));
}

}  // namespace touchstone::api
