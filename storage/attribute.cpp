#include "storage/attribute.hpp"

#include <charconv>
#include <cstddef>

namespace touchstone::storage {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Position after the string that opens at `at`, or kNone where it never closes.
std::size_t after_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return kNone;
}

/// Position of the comma or brace that ends the value which starts at `at`, or kNone.
std::size_t after_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = after_string(text, at);
      if (at == kNone) return kNone;
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return kNone;
}

/// The member that opens at `at`, which then is where the next one would.
std::optional<AttributeText> take(std::string_view object, std::size_t& at) {
  if (at >= object.size() || object[at] != '"') return std::nullopt;
  const std::size_t name_end = after_string(object, at);
  if (name_end == kNone) return std::nullopt;
  const std::size_t value_end = after_value(object, name_end + 1);
  if (value_end == kNone) return std::nullopt;
  const std::size_t name = at + 1;
  at = value_end + 1;
  return AttributeText{object.substr(name, name_end - name - 1), object.substr(name_end + 1, value_end - name_end - 1)};
}

}  // namespace

std::optional<std::string_view> attribute(std::string_view object, std::string_view key) {
  std::size_t at = 1;
  while (const auto member = take(object, at))
    if (member->name == key) return member->value;
  return std::nullopt;
}

std::vector<AttributeText> attributes(std::string_view object) {
  std::vector<AttributeText> all;
  std::size_t at = 1;
  while (const auto member = take(object, at)) all.push_back(*member);
  return all;
}

std::optional<double> numeric_attribute(std::string_view object, std::string_view key) {
  const auto text = attribute(object, key);
  if (!text || text->empty()) return std::nullopt;
  const bool number = text->front() == '-' || (text->front() >= '0' && text->front() <= '9');
  if (!number) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

}  // namespace touchstone::storage
