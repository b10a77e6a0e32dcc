#pragma once

#include <limits>

#include "stats/status.hpp"

namespace touchstone::stats {

/// What stands where no number exists; the accompanying status tells why. Written as null in documents.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Two ends; an infinite end is an honest "unbounded on this side".
struct Interval {
  double low = undefined;
  double high = undefined;

  [[nodiscard]] bool known() const noexcept { return low == low && high == high; }
  [[nodiscard]] bool bounded() const noexcept { return low > -infinity && high < infinity; }
  [[nodiscard]] bool contains(double value) const noexcept { return low <= value && value <= high; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// A tail probability with its decimal logarithm, which stays meaningful when p underflows (p = 0, log10 = -439.1).
struct Tail {
  double p = undefined;
  double log10_p = undefined;
};

/// One figure of the report: the estimate, its standard error, the interval at the level asked for, and the two-sided
/// p that belongs to the same rule as the interval (the interval excludes "no effect" exactly when p <= alpha).
struct Estimate {
  Status status = Status::no_data;
  double estimate = undefined;
  double se = undefined;
  Interval interval;
  double p = undefined;
  double log10_p = undefined;
};

/// A comparison of treatment B with control A. Both rows come from one test of "the difference is zero": the relative
/// interval excludes 0 exactly when the absolute one does.
struct Effect {
  Estimate absolute;  ///< B - A in the metric's unit
  Estimate relative;  ///< B/A - 1; status baseline_not_positive where a relative change has no meaning
};

}  // namespace touchstone::stats
