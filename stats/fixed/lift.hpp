#pragma once

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// Relative change L = B/A - 1 and its intervals.
namespace touchstone::stats {

struct Lift {
  double estimate = undefined;
  double se = undefined;
};
/// Delta method: var L = vB/mA^2 + vA mB^2/mA^4. For display beside Fieller; never for decisions (it misses the truth
/// in 5 to 20 % of watched streams). Undefined when the control mean is 0.
[[nodiscard]] Lift lift_delta(const ArmMean& a, const ArmMean& b) noexcept;

/// c^2 vA / mA^2; Fieller's set is bounded while this is below one.
[[nodiscard]] double fieller_g(const ArmMean& a, double critical) noexcept;

/// Fieller 1954: all L with |difference - L baseline| <= critical sqrt(variance(L)). Contains 0 exactly when
/// |difference| <= critical sqrt(variance(0)). Where the set has no bound on a side that end is infinite.
[[nodiscard]] Interval fieller(double difference, double baseline, const LiftVariance& variance,
                               double critical) noexcept;

/// exp(ln(mB/mA) -+ critical sqrt(vA/mA^2 + vB/mB^2)) - 1, for positive means.
[[nodiscard]] Interval log_ratio_interval(const ArmMean& a, const ArmMean& b, double critical) noexcept;

}  // namespace touchstone::stats
