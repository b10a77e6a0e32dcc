#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "service/judge/report.hpp"

namespace touchstone::cli {

/// The part of the number line that bars share, zero included.
struct Axis {
  double low = 0;
  double high = 0;

  /// Widens so that the interval's ends and its estimate are on it; unbounded ends are not.
  void include(const judge::Interval& interval);
};

/// An interval as one row of `columns` characters on the axis: `stroke` from end to end, ● at the estimate, ┊ at zero
/// (┼ where it crosses), ◂ and ▸ where an end is beyond the axis. Spaces where there is no estimate.
[[nodiscard]] std::string interval_bar(const judge::Interval& interval, const Axis& axis, std::size_t columns,
                                       std::string_view stroke);

}  // namespace touchstone::cli
