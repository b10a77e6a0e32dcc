#include "assign/value_type.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace touchstone::assign {
namespace {

constexpr std::array<std::string_view, 5> names = {"bool", "int", "float", "string", "json"};
constexpr std::int64_t largest_integer = std::int64_t{1} << 53;

template <class Number>
std::optional<Number> whole_number(std::string_view json) {
  Number number{};
  const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), number);
  if (error != std::errc{} || end != json.data() + json.size()) return std::nullopt;
  return number;
}

bool fits_integer(std::string_view json) {
  const auto number = whole_number<std::int64_t>(json);
  return number && *number <= largest_integer && *number >= -largest_integer;
}

bool fits_number(std::string_view json) {
  const auto number = whole_number<double>(json);
  return number && std::isfinite(*number);
}

}  // namespace

std::string_view name_of(ValueType type) noexcept { return names[static_cast<std::size_t>(type)]; }

std::optional<ValueType> value_type_named(std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ValueType>(found - names.begin());
}

bool fits(ValueType type, std::string_view json) noexcept {
  switch (type) {
    case ValueType::boolean:
      return json == "true" || json == "false";
    case ValueType::integer:
      return fits_integer(json);
    case ValueType::number:
      return fits_number(json);
    case ValueType::string:
      return json.size() >= 2 && json.front() == '"' && json.back() == '"';
    case ValueType::json:
      return !json.empty();
  }
  return false;
}

}  // namespace touchstone::assign
