#include "stats/fixed/lift.hpp"

#include <algorithm>
#include <cmath>

namespace touchstone::stats {
namespace {

double square(double value) noexcept { return value * value; }

// Where the control mean is not clearly away from zero the set is everything outside (or nothing inside) two roots. The
// part that holds the estimate is the answer, unless the other part is also a possible lift (above -1).
Interval open_set(double low_root, double high_root, double estimate) noexcept {
  const bool other_part_impossible = low_root <= -1;
  if (estimate >= high_root && other_part_impossible) return {high_root, infinity};
  return {-infinity, infinity};
}

}  // namespace

Lift lift_delta(const ArmMean& a, const ArmMean& b) noexcept {
  if (a.mean == 0) return {};
  const double ratio = b.mean / a.mean;
  return {(b.mean - a.mean) / a.mean, std::sqrt(b.variance + square(ratio) * a.variance) / std::abs(a.mean)};
}

double fieller_g(const ArmMean& a, double critical) noexcept { return square(critical) * a.variance / square(a.mean); }

Interval fieller(double difference, double baseline, const LiftVariance& variance, double critical) noexcept {
  const double c2 = square(critical);
  const double leading = square(baseline) - c2 * variance.baseline;
  const double centre = baseline * difference + c2 * variance.cross;
  const double shape = variance.at_null * square(baseline) + 2 * difference * baseline * variance.cross +
                       variance.baseline * square(difference) -
                       c2 * (variance.baseline * variance.at_null - square(variance.cross));
  if (!(shape >= 0) || leading == 0) return {-infinity, infinity};
  const double spread = critical * std::sqrt(shape);
  const double one = (centre - spread) / leading;
  const double other = (centre + spread) / leading;
  const double low = std::min(one, other);
  const double high = std::max(one, other);
  return leading > 0 ? Interval{low, high} : open_set(low, high, difference / baseline);
}

Interval log_ratio_interval(const ArmMean& a, const ArmMean& b, double critical) noexcept {
  if (!(a.mean > 0 && b.mean > 0)) return {};
  const double centre = std::log(b.mean / a.mean);
  const double half = critical * std::sqrt(a.variance / square(a.mean) + b.variance / square(b.mean));
  return {std::expm1(centre - half), std::expm1(centre + half)};
}

}  // namespace touchstone::stats
