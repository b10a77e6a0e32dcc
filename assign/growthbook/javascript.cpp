#include "assign/growthbook/javascript.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace touchstone::assign::growthbook {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\n\r\v\f";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

double number_in(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return 0;
  if (text.front() == '+') text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : not_a_number;
}

std::string text_of(double number) {
  constexpr double exact = 1e15;
  std::array<char, 32> buffer{};
  const bool whole = std::trunc(number) == number && std::abs(number) < exact;
  const auto format = whole ? std::chars_format::fixed : std::chars_format::general;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format);
  return {buffer.data(), end};
}

std::string joined(const Json::Array& elements) {
  std::string text;
  for (std::size_t i = 0; i < elements.size(); ++i)
    text += (i == 0 ? "" : ",") + (elements[i].is_null() ? std::string() : to_text(elements[i]));
  return text;
}

}  // namespace

double to_number(const Json& value) {
  if (value.is_null()) return 0;
  if (const auto* flag = value.flag()) return *flag ? 1 : 0;
  if (const auto* number = value.number()) return *number;
  if (const auto* text = value.text()) return number_in(*text);
  return not_a_number;
}

std::string to_text(const Json& value) {
  if (value.is_null()) return "null";
  if (const auto* flag = value.flag()) return *flag ? "true" : "false";
  if (const auto* number = value.number()) return text_of(*number);
  if (const auto* text = value.text()) return *text;
  if (const auto* elements = value.array()) return joined(*elements);
  return "[object Object]";
}

bool to_flag(const Json& value) {
  if (value.is_null()) return false;
  if (const auto* flag = value.flag()) return *flag;
  if (const auto* number = value.number()) return *number != 0 && !std::isnan(*number);
  if (const auto* text = value.text()) return !text->empty();
  return true;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool less(const Json& a, const Json& b) {
  return a.text() && b.text() ? *a.text() < *b.text() : to_number(a) < to_number(b);
}

bool less_or_equal(const Json& a, const Json& b) {
  return a.text() && b.text() ? *a.text() <= *b.text() : to_number(a) <= to_number(b);
}

}  // namespace touchstone::assign::growthbook
