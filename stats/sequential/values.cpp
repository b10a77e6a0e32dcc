#include "stats/sequential/values.hpp"

#include <algorithm>
#include <cmath>

#include "stats/sequential/two_keys.hpp"

namespace touchstone::stats {
namespace {

constexpr std::int64_t shown_from = 50;  // users of the smaller arm

void enter(std::vector<MeanStratum>& phases, const ValueTick& tick) {
  if (phases.size() <= tick.phase) phases.resize(tick.phase + 1);
  MeanStratum& s = phases[tick.phase];
  s = {merge(s.a, tick.entered.a), merge(s.b, tick.entered.b)};
}

std::int64_t smaller_arm(std::span<const MeanStratum> strata) noexcept {
  std::int64_t a = 0;
  std::int64_t b = 0;
  for (const MeanStratum& s : strata) {
    a += s.a.n;
    b += s.b.n;
  }
  return std::min(a, b);
}

// The boundary before and after the horizon.
struct Thresholds {
  double before;
  double after;

  [[nodiscard]] double at(double t) const noexcept { return t > 1 ? after : before; }
  [[nodiscard]] double critical(double t) const noexcept { return boundary_critical(t, at(t)); }
  // The threshold that both keys reach on one side at this look, less what a claim costs more after the horizon.
  [[nodiscard]] double evidence(const Keys& seen, double t) const noexcept {
    if (!(seen.first * seen.second > 0)) return -infinity;
    return boundary_evidence(std::min(std::abs(seen.first), std::abs(seen.second)), t) - (at(t) - before);
  }
};

struct Intervals {
  Interval difference;
  Interval ratio;
};
Intervals intervals_at(std::span<const MeanStratum> strata, double critical) {
  return {keys_difference_interval(strata, critical), keys_ratio_interval(strata, critical)};
}

// The interval of the deciding tick still holds later on: both together.
Interval common(const Interval& deciding, const Interval& now) noexcept {
  if (!deciding.known() || !now.known()) return now;
  const Interval both{std::max(deciding.low, now.low), std::min(deciding.high, now.high)};
  return both.low < both.high ? both : deciding;
}

/// `next(k, phases)` moves on to look k, puts its users into `phases` and returns its time.
template <class Next>
ValueVerdict watched(std::size_t looks, const ErrorBudget& budget, Next&& next) {
  ValueVerdict verdict;
  verdict.decided_at = looks;
  if (looks == 0) return verdict;
  const Thresholds thresholds{usual_log_threshold(budget.alpha - budget.reserve), log_threshold_after_horizon(budget)};
  verdict.evidence = -infinity;
  Intervals deciding;
  std::span<const MeanStratum> phases;
  for (std::size_t k = 0; k < looks; ++k) {
    const double t = next(k, phases);
    const Keys seen = keys(phases);
    verdict.status = seen.status;
    verdict.critical = thresholds.critical(t);
    if (seen.status != Status::ok) continue;
    if (smaller_arm(phases) < shown_from) {
      verdict.status = Status::insufficient_data;
      continue;
    }
    verdict.evidence = std::max(verdict.evidence, thresholds.evidence(seen, t));
    const int side = declared(seen, verdict.critical);
    if (side == 0 || verdict.side != Side::none) continue;
    verdict.side = side > 0 ? Side::better : Side::worse;
    verdict.decided_at = k;
    deciding = intervals_at(phases, verdict.critical);
  }
  if (verdict.status != Status::ok) return verdict;
  const Intervals now = intervals_at(phases, verdict.critical);
  verdict.difference = common(deciding.difference, now.difference);
  verdict.ratio = common(deciding.ratio, now.ratio);
  const ComparedMeans means = compare(phases);
  verdict.mean_a = means.a.mean;
  verdict.mean_b = means.b.mean;
  return verdict;
}

}  // namespace

ValueVerdict judge_values(std::span<const ValueTick> ticks, const ErrorBudget& budget) {
  std::vector<MeanStratum> so_far;
  return watched(ticks.size(), budget, [&](std::size_t k, std::span<const MeanStratum>& phases) {
    enter(so_far, ticks[k]);
    phases = so_far;
    return ticks[k].t;
  });
}

ValueVerdict judge_values(std::span<const ValueLook> looks, const ErrorBudget& budget) {
  return watched(looks.size(), budget, [&](std::size_t k, std::span<const MeanStratum>& phases) {
    phases = looks[k].phases;
    return looks[k].t;
  });
}

double values_anytime_p(double evidence, const ErrorBudget& budget) noexcept {
  return std::min(1.0, usual_error(evidence) * budget.alpha / (budget.alpha - budget.reserve));
}

}  // namespace touchstone::stats
