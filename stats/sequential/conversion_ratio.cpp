#include <cmath>

#include "stats/numeric/root.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

double count(std::int64_t units) noexcept { return static_cast<double>(units); }

double weight(const RatioStratum& s) noexcept {
  if (s.units_a <= 0 || s.units_b <= 0) return 0;
  return count(s.units_a) / (count(s.units_a) + count(s.units_b)) * count(s.units_b);
}

// The control rate that is most likely given pB = R pA: the smaller root of a quadratic.
double constrained_rate(const RatioStratum& s, double r) noexcept {
  const double n_a = count(s.units_a);
  const double n_b = count(s.units_b);
  const double total = s.conversions_a + s.conversions_b;
  const double linear = n_a + r * n_b + s.conversions_b + r * s.conversions_a;
  const double root = std::sqrt(std::fmax(0.0, linear * linear - 4 * (n_a + n_b) * r * total));
  return std::fmin(1.0, 2 * total / (linear + root));
}

constexpr double farthest = 150;  // ln of a ratio that no data can tell from infinity; its cube is still a double

}  // namespace

double ratio_score(std::span<const RatioStratum> strata, double r) noexcept {
  double excess = 0;
  double variance = 0;
  double third = 0;
  for (const RatioStratum& s : strata) {
    const double w = weight(s);
    if (w == 0) continue;
    const double n_a = count(s.units_a);
    const double n_b = count(s.units_b);
    const double p_a = constrained_rate(s, r);
    const double p_b = std::fmin(1.0, r * p_a);
    const double v_a = r * r * p_a * (1 - p_a) / n_a;
    const double v_b = p_b * (1 - p_b) / n_b;
    excess += w * (s.conversions_b / n_b - r * s.conversions_a / n_a);
    variance += w * w * (v_a + v_b);
    third += w * w * w * (v_b * (1 - 2 * p_b) / n_b - r * v_a * (1 - 2 * p_a) / n_a);
  }
  if (!(variance > 0)) return undefined;
  const double sd = std::sqrt(variance);
  return skewness_corrected(excess / sd, third / (variance * sd));
}

Interval ratio_interval(std::span<const RatioStratum> strata, double c_up, double c_low) {
  double total_a = 0;
  double total_b = 0;
  for (const RatioStratum& s : strata) {
    if (weight(s) == 0) continue;
    total_a += s.conversions_a;
    total_b += s.conversions_b;
  }
  Interval interval{0, infinity};
  if (total_a + total_b == 0) return interval;
  const auto score = [&](double log_ratio) { return ratio_score(strata, std::exp(log_ratio)); };
  const auto root_at = [&](double level) {
    const auto gap = [&](double log_ratio) { return score(log_ratio) - level; };
    // Walk out from no effect until the level lies between.
    double low = -1;
    double high = 1;
    while (gap(low) < 0 && low > -farthest) low *= 2;
    while (gap(high) > 0 && high < farthest) high *= 2;
    if (!(gap(low) >= 0)) return 0.0;
    if (!(gap(high) <= 0)) return infinity;
    return std::exp(bracketed_root(gap, low, high, 1e-13));
  };
  if (total_b > 0 && std::isfinite(c_up)) interval.low = root_at(c_up);
  if (total_a > 0 && std::isfinite(c_low)) interval.high = root_at(-c_low);
  return interval;
}

}  // namespace touchstone::stats
