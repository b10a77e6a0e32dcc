#include "service/codec/unit_cell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace touchstone::codec {
namespace {

constexpr double largest_value = 1e15;

Error refuse(std::string what, std::string hint) { return {ErrorCode::invalid, std::move(what), "", std::move(hint)}; }

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

bool one_of(std::string_view text, const std::array<std::string_view, 3>& words) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; };
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), same);
  });
}

Result<CellValue> proportion(std::string_view cell) {
  if (one_of(cell, {"1", "true", "yes"})) return CellValue{true, std::nullopt};
  if (one_of(cell, {"0", "false", "no"})) return CellValue{};
  return refuse("is neither yes nor no", "write 1 or 0, true or false, yes or no");
}

Result<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value))
    return refuse("is not a number", "write it like 12.5, without thousands separators");
  if (std::abs(value) > largest_value) return refuse("is beyond 1e15", "use a larger unit of measure");
  return value;
}

Result<CellValue> amount(std::string_view cell, bool zero_happens) {
  if (cell.empty())
    return refuse("holds no number", "write 0, or judge the column as mean, which leaves units without a value out");
  const auto value = number(cell);
  if (!value) return value.error();
  if (*value == 0 && !zero_happens) return CellValue{};
  return CellValue{true, *value};
}

Result<CellValue> count(std::string_view cell) {
  auto value = amount(cell, false);
  if (value && value->happened && (*value->value < 0 || *value->value != std::floor(*value->value)))
    return refuse("is not a count", "a count is a whole number from 0; judge other numbers as sum or mean");
  return value;
}

}  // namespace

Result<CellValue> read_cell(std::string_view cell, storage::MetricKind kind) {
  const auto text = trimmed(cell);
  switch (kind) {
    case storage::MetricKind::proportion:
      return proportion(text);
    case storage::MetricKind::count:
      return count(text);
    case storage::MetricKind::sum:
      return amount(text, false);
    case storage::MetricKind::mean:
    case storage::MetricKind::score:
    case storage::MetricKind::quantile:
      return text.empty() ? CellValue{} : amount(text, true);
    default:
      break;
  }
  return refuse("says nothing about when", "kinds that ask for times or for several events read an event log");
}

}  // namespace touchstone::codec
