#include <algorithm>
#include <cmath>

#include "stats/sequential/conversions.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

// Where the limits stop mattering one by one, and the normal twin has the same error to a tenth of a point.
constexpr double large_variance = 1e5;
constexpr int planned_looks = 500;
// After the horizon the reserve of .005 is worth this threshold (normal process, geometric looks to ten horizons).
constexpr double threshold_after_horizon = 3.394;

std::vector<RatioStratum> by_phase(std::span<const ConversionTick> ticks) {
  std::vector<RatioStratum> strata;
  for (const ConversionTick& tick : ticks) {
    if (strata.size() <= tick.phase) strata.resize(tick.phase + 1);
    RatioStratum& s = strata[tick.phase];
    s.units_a += tick.users - tick.users_b;
    s.units_b += tick.users_b;
    s.conversions_a += static_cast<double>(tick.conversions - tick.conversions_b);
    s.conversions_b += static_cast<double>(tick.conversions_b);
  }
  return strata;
}

std::int64_t total_b(std::span<const ConversionTick> ticks) noexcept {
  std::int64_t total = 0;
  for (const ConversionTick& tick : ticks) total += tick.conversions_b;
  return total;
}

// The score of "no effect" if B's total were `b` and the sum over both arms as observed. Strata enter the score at R =
// 1 only through their margins, so the difference may sit in any of them.
double score_at_total(std::vector<RatioStratum> strata, double b, double observed_b) {
  const auto largest = std::max_element(strata.begin(), strata.end(), [](const auto& x, const auto& y) {
    return std::min(x.units_a, x.units_b) < std::min(y.units_a, y.units_b);
  });
  largest->conversions_b += b - observed_b;
  largest->conversions_a -= b - observed_b;
  return ratio_score(strata, 1);
}

// Critical values at half a conversion inside the limits: the interval excludes 1 exactly when a limit is reached.
Interval interval_at(std::span<const ConversionTick> ticks, const ConversionLimits& limits) {
  const std::vector<RatioStratum> strata = by_phase(ticks);
  std::int64_t all = 0;
  for (const ConversionTick& tick : ticks) all += tick.conversions;
  const auto observed = static_cast<double>(total_b(ticks));
  const double up =
      limits.upper > all ? infinity : score_at_total(strata, static_cast<double>(limits.upper) - 0.5, observed);
  const double low =
      limits.lower < 0 ? infinity : -score_at_total(strata, static_cast<double>(limits.lower) + 0.5, observed);
  return ratio_interval(strata, up, low);
}

Interval both(const Interval& x, const Interval& y) noexcept {
  const Interval common{std::max(x.low, y.low), std::min(x.high, y.high)};
  return common.low < common.high ? common : y;
}

bool informative(std::span<const ConversionTick> ticks) noexcept { return conversion_score(ticks).variance > 0; }

ConversionVerdict by_limits(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  ConversionVerdict verdict;
  verdict.decided_at = ticks.size();
  ConversionWalk walk(budget);
  ConversionLimits deciding;
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    verdict.limits = walk.advance(ticks[k]);
    if (verdict.side != Side::none || walk.side() == Side::none) continue;
    verdict.side = walk.side();
    verdict.decided_at = k;
    deciding = verdict.limits;
  }
  verdict.ratio = interval_at(ticks, verdict.limits);
  if (verdict.side != Side::none && verdict.ratio.contains(1)) {
    verdict.ratio = both(interval_at(ticks.first(verdict.decided_at + 1), deciding), verdict.ratio);
  }
  return verdict;
}

// The boundary before and after the horizon.
class Boundary {
 public:
  explicit Boundary(const ErrorBudget& budget)
      : before_(boundary_log_threshold(budget.alpha - budget.reserve, planned_looks)) {}

  [[nodiscard]] double critical(double t) const noexcept {
    return boundary_critical(t, t > 1 ? std::max(before_, threshold_after_horizon) : before_);
  }

 private:
  double before_;
};

ConversionVerdict by_score(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  const Boundary boundary(budget);
  ConversionVerdict verdict;
  verdict.decided_at = ticks.size();
  Interval ratio{0, infinity};
  for (std::size_t k = 0; k < ticks.size() && verdict.side == Side::none; ++k) {
    const double z = conversion_score(ticks.first(k + 1)).corrected_z();
    const double critical = boundary.critical(ticks[k].t);
    if (!(std::abs(z) >= critical)) continue;
    verdict.side = z > 0 ? Side::better : Side::worse;
    verdict.decided_at = k;
    ratio = ratio_interval(by_phase(ticks.first(k + 1)), critical, critical);
  }
  const double critical = boundary.critical(ticks.back().t);
  verdict.ratio = both(ratio, ratio_interval(by_phase(ticks), critical, critical));
  return verdict;
}

}  // namespace

ConversionVerdict judge_conversions(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  ConversionVerdict verdict;
  if (ticks.empty()) return verdict;
  if (!informative(ticks)) {
    verdict.status = Status::insufficient_data;
    verdict.decided_at = ticks.size();
    return verdict;
  }
  verdict = conversion_score(ticks).variance > large_variance ? by_score(ticks, budget) : by_limits(ticks, budget);
  verdict.status = Status::ok;
  return verdict;
}

double conversions_anytime_p(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  const double reserve_share = budget.reserve / budget.alpha;
  const auto stops = [&](double alpha) {
    ConversionWalk walk({alpha, alpha * reserve_share});
    return std::any_of(ticks.begin(), ticks.end(), [&](const ConversionTick& tick) {
      walk.advance(tick);
      return walk.side() != Side::none;
    });
  };
  double low = std::log(1e-12);
  double high = 0;
  if (!stops(1)) return 1;
  if (stops(std::exp(low))) return std::exp(low);
  while (high - low > 1e-3) {
    const double middle = (low + high) / 2;
    (stops(std::exp(middle)) ? high : low) = middle;
  }
  return std::exp(high);
}

}  // namespace touchstone::stats
