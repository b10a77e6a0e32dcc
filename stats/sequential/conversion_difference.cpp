#include <cmath>

#include "stats/fixed/score.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {

double difference_score(std::span<const ProportionStratum> strata, double difference) noexcept {
  double excess = 0;
  double variance = 0;
  double third = 0;
  for (const ProportionStratum& s : strata) {
    const double w = harmonic_weight(s.a.units, s.b.units);
    if (w == 0) continue;
    const ConstrainedRates p = constrained_to_difference(s, difference);
    const double v_a = p.a * (1 - p.a) / s.a.count();
    const double v_b = p.b * (1 - p.b) / s.b.count();
    excess += w * (s.b.rate() - s.a.rate() - difference);
    variance += w * w * (v_a + v_b);
    third += w * w * w * (v_b * (1 - 2 * p.b) / s.b.count() - v_a * (1 - 2 * p.a) / s.a.count());
  }
  if (!(variance > 0)) return excess == 0 ? undefined : std::copysign(infinity, excess);
  const double sd = std::sqrt(variance);
  return skewness_corrected(excess / sd, third / (variance * sd));
}

Interval difference_interval(std::span<const ProportionStratum> strata, double c_up, double c_low) {
  Interval interval{-1, 1};
  const auto gap = [&](double level) { return [&, level](double d) { return difference_score(strata, d) - level; }; };
  if (std::isfinite(c_up) && gap(c_up)(-1) > 0) interval.low = bracketed_root(gap(c_up), -1, 1, 1e-13);
  if (std::isfinite(c_low) && gap(-c_low)(1) < 0) interval.high = bracketed_root(gap(-c_low), -1, 1, 1e-13);
  return interval;
}

}  // namespace touchstone::stats
