#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/judge/report.hpp"

/// Numbers as people read them: thousands separated, a real minus sign, never "−0.0".
namespace touchstone::page {

/// "144,300"
[[nodiscard]] std::string grouped(std::uint64_t value);

/// "−1.16", "1,234.5" with so many decimals.
[[nodiscard]] std::string decimal(double value, int decimals);

/// The same with a sign where it is not zero: "+1.2".
[[nodiscard]] std::string signed_decimal(double value, int decimals);

/// How many decimals show an estimate to two significant digits of its uncertainty: of the interval's half width where
/// it is bounded, else of the value; 0 to 6. `scale` multiplies first (100 for percentages).
[[nodiscard]] int decimals_for(const judge::Interval& interval, double scale);

/// So many significant digits, for analysts: "0.228049", "1.16381e-07"; whole numbers stay whole: "2,344,795".
[[nodiscard]] std::string significant(double value, int digits);

/// Six significant digits, or "undefined"; an interval as "estimate [low, high]", or its status where nothing is
/// estimated.
[[nodiscard]] std::string exact(const std::optional<double>& value);
[[nodiscard]] std::string exact(const judge::Interval& interval);

}  // namespace touchstone::page
