#include "service/page/number_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace touchstone::page {
namespace {

constexpr std::string_view minus = "\u2212";

std::string with_groups(std::string digits) {
  auto end = std::min(digits.find('.'), digits.size());
  while (end > 3) digits.insert(end -= 3, 1, ',');
  return digits;
}

std::string signed_text(bool negative, std::string_view plus, std::string_view digits) {
  std::string text(negative ? minus : plus);
  return text.append(digits);
}

bool zero(const std::string& digits) { return digits.find_first_not_of("0.,") == std::string::npos; }

std::string with_sign(double value, int decimals, std::string_view plus) {
  auto digits = with_groups(fmt::format("{:.{}f}", std::abs(value), decimals));
  if (zero(digits)) return digits;
  return signed_text(value < 0, plus, digits);
}

}  // namespace

std::string grouped(std::uint64_t value) { return with_groups(std::to_string(value)); }

std::string decimal(double value, int decimals) { return with_sign(value, decimals, ""); }

std::string signed_decimal(double value, int decimals) { return with_sign(value, decimals, "+"); }

int decimals_for(const judge::Interval& interval, double scale) {
  const bool bounded = interval.low && interval.high;
  const double size = bounded ? (*interval.high - *interval.low) / 2 : std::abs(interval.estimate.value_or(0));
  if (!(size > 0)) return 1;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(size * scale))), 0, 6);
}

std::string significant(double value, int digits) {
  const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
  return whole ? decimal(value, 0)
               : signed_text(std::signbit(value), "", fmt::format("{:.{}g}", std::abs(value), digits));
}

std::string exact(const std::optional<double>& value) { return value ? significant(*value, 6) : "undefined"; }

std::string exact(const judge::Interval& interval) {
  if (!interval.estimate) return interval.status;
  return fmt::format("{} [{}, {}]", exact(interval.estimate), interval.low ? exact(interval.low) : "−∞",
                     interval.high ? exact(interval.high) : "+∞");
}

}  // namespace touchstone::page
