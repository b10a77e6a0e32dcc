#include "service/codec/value_schema.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "assign/pointer.hpp"
#include "assign/utf8.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {
namespace {

using assign::child_pointer;

constexpr std::array<std::string_view, 7> kTypes = {"null",   "boolean", "integer", "number",
                                                    "string", "array",   "object"};
constexpr std::array<std::string_view, 4> kCounts = {"minItems", "maxItems", "minLength", "maxLength"};
constexpr std::array<std::string_view, 5> kRemarks = {"title", "description", "default", "examples", "$schema"};
constexpr std::array<std::string_view, 14> kWords = {"type",
                                                     "enum",
                                                     "const",
                                                     "properties",
                                                     "required",
                                                     "items",
                                                     "minItems",
                                                     "maxItems",
                                                     "minimum",
                                                     "maximum",
                                                     "minLength",
                                                     "maxLength",
                                                     "additionalProperties",
                                                     "description"};

Error wrong(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

template <class List>
bool among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// -- whether it is a schema

Status check_node(JsonView schema, const std::string& pointer);

Status check_type(JsonView types, const std::string& pointer) {
  const auto known = [](JsonView type) { return type.text() && among(kTypes, *type.text()); };
  bool good = known(types);
  if (types.is(JsonKind::array)) {
    good = types.size() > 0;
    for (const auto& type : types.elements()) good = good && known(type);
  }
  return good ? ok()
              : Status(wrong(pointer, "no type of JSON", "null, boolean, integer, number, string, array, object"));
}

Status check_names(JsonView names, const std::string& pointer) {
  bool good = names.is(JsonKind::array);
  for (const auto& name : names.elements()) good = good && name.text();
  return good ? ok() : Status(wrong(pointer, "not a list of names", "send [\"title\"]"));
}

Status check_properties(JsonView properties, const std::string& pointer) {
  if (!properties.is(JsonKind::object)) return wrong(pointer, "not an object of schemas", "{\"title\": {...}}");
  for (const auto& [name, schema] : properties.members())
    if (auto good = check_node(schema, child_pointer(pointer, name)); !good) return good;
  return ok();
}

Status check_word(std::string_view word, JsonView value, const std::string& pointer) {
  if (word == "type") return check_type(value, pointer);
  if (word == "required") return check_names(value, pointer);
  if (word == "properties") return check_properties(value, pointer);
  if (word == "items" || word == "additionalProperties") return check_node(value, pointer);
  if (word == "enum" && !value.is(JsonKind::array)) return wrong(pointer, "not a list of values", "send [1, 2]");
  if ((word == "minimum" || word == "maximum") && !value.is_number()) return wrong(pointer, "not a number", "");
  if (among(kCounts, word) && !value.natural()) return wrong(pointer, "not a whole number from 0 on", "");
  if (among(kWords, word) || among(kRemarks, word)) return ok();
  return wrong(pointer, "a word that is not checked here", did_you_mean(word, kWords));
}

Status check_node(JsonView schema, const std::string& pointer) {
  if (schema.is(JsonKind::boolean)) return ok();
  if (!schema.is(JsonKind::object)) return wrong(pointer, "not a schema", "send an object, true or false");
  for (const auto& [word, value] : schema.members())
    if (auto good = check_word(word, value, child_pointer(pointer, word)); !good) return good;
  return ok();
}

// -- whether a value satisfies it

bool same(JsonView a, JsonView b);

bool same_members(JsonView a, JsonView b) {
  for (const auto& [name, value] : a.members()) {
    const auto other = b.find(name);
    if (!other || !same(value, *other)) return false;
  }
  return true;
}

bool same_elements(JsonView a, JsonView b) {
  auto other = b.elements().begin();
  for (const auto& element : a.elements()) {
    if (!same(element, *other)) return false;
    ++other;
  }
  return true;
}

bool same(JsonView a, JsonView b) {
  if (a.is_number() && b.is_number()) return *a.number() == *b.number();
  if (a.kind() != b.kind()) return false;
  if (a.is(JsonKind::array)) return a.size() == b.size() && same_elements(a, b);
  if (a.is(JsonKind::object)) return a.size() == b.size() && same_members(a, b);
  return a.text() == b.text() && a.boolean() == b.boolean();
}

bool whole(JsonView value) { return value.is_number() && std::trunc(*value.number()) == *value.number(); }

bool is_of(JsonView value, std::string_view type) {
  if (type == "null") return value.is(JsonKind::null);
  if (type == "boolean") return value.is(JsonKind::boolean);
  if (type == "integer") return whole(value);
  if (type == "number") return value.is_number();
  if (type == "string") return value.is(JsonKind::text);
  return value.is(type == "array" ? JsonKind::array : JsonKind::object);
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty() && assign::next_code_point(text)) ++count;
  return count;
}

Status check(JsonView schema, JsonView value, const std::string& pointer);

Status check_type_of(JsonView types, JsonView value, const std::string& pointer) {
  bool good = types.text() && is_of(value, *types.text());
  for (const auto& type : types.elements()) good = good || is_of(value, *type.text());
  return good ? ok() : Status(wrong(pointer, "is of another type than the schema says", ""));
}

Status check_enum(JsonView values, JsonView value, const std::string& pointer) {
  for (const auto& one : values.elements())
    if (same(one, value)) return ok();
  return wrong(pointer, "is none of the values allowed", "");
}

Status check_number(std::string_view word, JsonView bound, JsonView value, const std::string& pointer) {
  if (word == "minimum" && *value.number() < *bound.number())
    return wrong(pointer, fmt::format("is below {}", *bound.number()), "");
  if (word == "maximum" && *value.number() > *bound.number())
    return wrong(pointer, fmt::format("is above {}", *bound.number()), "");
  return ok();
}

/// `what` is Length or Items: the words are minLength, maxLength, minItems and maxItems.
Status check_size(std::string_view word, std::string_view what, JsonView bound, std::size_t size,
                  const std::string& pointer) {
  if (word.size() != what.size() + 3 || !word.ends_with(what)) return ok();
  if (word.starts_with("min") && size < *bound.natural())
    return wrong(pointer, fmt::format("is shorter than {}", *bound.natural()), "");
  if (word.starts_with("max") && size > *bound.natural())
    return wrong(pointer, fmt::format("is longer than {}", *bound.natural()), "");
  return ok();
}

Status check_array(std::string_view word, JsonView wanted, JsonView value, const std::string& pointer) {
  if (word != "items") return check_size(word, "Items", wanted, value.size(), pointer);
  std::size_t index = 0;
  for (const auto& element : value.elements())
    if (auto good = check(wanted, element, child_pointer(pointer, index++)); !good) return good;
  return ok();
}

Status check_required(JsonView names, JsonView value, const std::string& pointer) {
  for (const auto& name : names.elements())
    if (!value.find(*name.text())) return wrong(child_pointer(pointer, *name.text()), "is missing", "add it");
  return ok();
}

/// The members that `properties` names by their own schemas, the others by that of additionalProperties.
Status check_members(bool named, JsonView wanted, JsonView schema, JsonView value, const std::string& pointer) {
  const auto properties = named ? std::optional(wanted) : schema.find("properties");
  for (const auto& [name, member] : value.members()) {
    const auto own = properties ? properties->find(name) : std::nullopt;
    if (own.has_value() != named) continue;
    if (auto good = check(named ? *own : wanted, member, child_pointer(pointer, name)); !good) return good;
  }
  return ok();
}

Status check_by_word(std::string_view word, JsonView wanted, JsonView schema, JsonView value,
                     const std::string& pointer) {
  if (word == "type") return check_type_of(wanted, value, pointer);
  if (word == "enum") return check_enum(wanted, value, pointer);
  if (word == "const" && !same(wanted, value)) return wrong(pointer, "is not the one value allowed", "");
  if (value.is_number()) return check_number(word, wanted, value, pointer);
  if (value.is(JsonKind::text)) return check_size(word, "Length", wanted, code_points(*value.text()), pointer);
  if (value.is(JsonKind::array)) return check_array(word, wanted, value, pointer);
  if (!value.is(JsonKind::object)) return ok();
  if (word == "required") return check_required(wanted, value, pointer);
  if (word == "properties") return check_members(true, wanted, schema, value, pointer);
  if (word == "additionalProperties") return check_members(false, wanted, schema, value, pointer);
  return ok();
}

Status check(JsonView schema, JsonView value, const std::string& pointer) {
  if (schema.is(JsonKind::boolean))
    return *schema.boolean() ? ok() : Status(wrong(pointer, "nothing may be here", "remove it"));
  for (const auto& [word, wanted] : schema.members())
    if (auto good = check_by_word(word, wanted, schema, value, pointer); !good) return good;
  return ok();
}

}  // namespace

Status check_schema(std::string_view schema, const std::string& pointer) {
  JsonDocument document;
  if (auto read = document.read(schema); !read) return read;
  return check_node(document.root(), pointer);
}

Status check_value(std::string_view schema, std::string_view value, const std::string& pointer) {
  JsonDocument rules;
  JsonDocument document;
  if (auto read = rules.read(schema); !read) return read;
  if (auto read = document.read(value); !read) return read;
  auto checked = check(rules.root(), document.root(), pointer);
  if (checked || !checked.error().hint.empty()) return checked;
  Error error = checked.error();
  error.hint = "See the flag's schema.";
  return error;
}

}  // namespace touchstone::codec
