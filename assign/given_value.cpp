#include "assign/given_value.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "assign/tables.hpp"

namespace touchstone::assign {
namespace {

std::optional<Value> number_in(std::string_view json) noexcept {
  double number = 0;
  const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), number);
  return error == std::errc{} ? std::optional<Value>(number) : std::nullopt;
}

std::string_view text_in(const Tables& tables, std::string_view json) noexcept {
  const auto plain = tables.plain_texts.find(json);
  return plain == tables.plain_texts.end() ? json.substr(1, json.size() - 2) : plain->second;
}

std::uint32_t unit_at(std::string_view json, std::size_t at) {
  std::uint32_t unit = 0;
  std::from_chars(json.data() + at, json.data() + std::min(at + 4, json.size()), unit, 16);
  return unit;
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0U | (c >> 6U));
  } else if (c < 0x10000) {
    byte(0xE0U | (c >> 12U));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  } else {
    byte(0xF0U | (c >> 18U));
    byte(0x80U | ((c >> 12U) & 0x3FU));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  }
  byte(0x80U | (c & 0x3FU));
}

/// The code point of an escape whose first digit is at `at`; moves `at` behind it.
std::uint32_t code_point(std::string_view json, std::size_t& at) {
  const auto high = unit_at(json, at);
  at += 4;
  const bool pair = high >= 0xD800 && high < 0xDC00 && json.substr(std::min(at, json.size())).starts_with("\\u");
  if (!pair) return high;
  const auto low = unit_at(json, at + 2);
  at += 6;
  return 0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00);
}

char plain_escape(char letter) {
  constexpr std::string_view letters = "bfnrt";
  constexpr std::string_view meant = "\b\f\n\r\t";
  const auto place = letters.find(letter);
  return place == std::string_view::npos ? letter : meant[place];
}

/// A plain value of a flag of any JSON.
std::optional<Value> plain_value_in(const Tables& tables, std::string_view json) noexcept {
  if (json == "true" || json == "false") return json == "true";
  if (json.front() == '"') return text_in(tables, json);
  return number_in(json);
}

}  // namespace

std::optional<Value> given_value(const Tables& tables, const Decision& decision) noexcept {
  const auto json = decision.value;
  if (json.empty()) return std::nullopt;
  switch (decision.type) {
    case ValueType::boolean:
      return json == "true";
    case ValueType::integer:
    case ValueType::number:
      return number_in(json);
    case ValueType::string:
      return text_in(tables, json);
    case ValueType::json:
      return plain_value_in(tables, json);
  }
  return std::nullopt;
}

std::string unescaped(std::string_view json) {
  json = json.substr(1, json.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] != '\\') {
      text.push_back(json[i++]);
    } else if (json[i + 1] == 'u') {
      i += 2;
      append_utf8(text, code_point(json, i));
    } else {
      text.push_back(plain_escape(json[i + 1]));
      i += 2;
    }
  }
  return text;
}

}  // namespace touchstone::assign
