#pragma once

#include <string>
#include <string_view>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// A change with its range in words: relative where that has a meaning ("−1.2 %"), else in points of a proportion or in
/// the metric's unit. All three are rounded to two significant digits of the range; an open end is ∞.
struct ChangeText {
  std::string estimate;
  std::string low;
  std::string high;
  std::string_view scale;  ///< "relative", "points", "a month" or empty

  [[nodiscard]] std::string range() const { return low + " to " + high; }
};

[[nodiscard]] ChangeText change_text(const judge::Row& row);               ///< one look at the end
[[nodiscard]] ChangeText always_valid_change_text(const judge::Row& row);  ///< at any look

/// An absolute change: in points, days, hours or minutes where that is its unit, else as the number.
[[nodiscard]] ChangeText absolute_change_text(const judge::Row& row, const judge::Interval& absolute);

/// True where the change is told relative to control.
[[nodiscard]] bool told_relative(const judge::Row& row) noexcept;

/// Whether its means are shares of units, and its absolute changes points of a hundred.
[[nodiscard]] bool told_as_share(const judge::Row& row) noexcept;

/// What a guardrail tolerates, in its scale: "2 %" of the control's figure; of a score "3 points", "0.2".
/// Precondition: the metric has a margin.
[[nodiscard]] std::string margin_text(const judge::PlannedMetric& metric);

/// The mean of an arm (0 control, 1 treatment): "12.11 %" for shares, "3.2 days" for durations, else the number.
[[nodiscard]] std::string mean_text(const judge::Row& row, std::size_t arm);

/// A loss in the metric's unit: "0.15 points", "0.42".
[[nodiscard]] std::string loss_text(const judge::Row& row, double loss);

/// A share as a percentage: "11 %", "99.96 %", "more than 99.99 %"; never a certain 0 or 100.
[[nodiscard]] std::string chance_text(double probability);

}  // namespace touchstone::page
