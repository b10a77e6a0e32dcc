#include "stats/sequential/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/sequential/two_keys.hpp"

namespace touchstone::stats {
namespace {

constexpr int planned_looks = 500;
constexpr double threshold_after_horizon = 3.394;  // what the reserve of .005 is worth, see conversion_verdict.cpp
constexpr std::int64_t least_users = 10;           // per arm and stratum
constexpr std::int64_t shown_from = 50;            // users of the smaller arm

bool thick(const MeanStratum& s, std::int64_t least) noexcept { return std::min(s.a.n, s.b.n) >= least; }

MeanStratum joined(const MeanStratum& x, const MeanStratum& y) noexcept { return {merge(x.a, y.a), merge(x.b, y.b)}; }

std::int64_t smaller_arm(std::span<const MeanStratum> strata) noexcept {
  std::int64_t a = 0;
  std::int64_t b = 0;
  for (const MeanStratum& s : strata) {
    a += s.a.n;
    b += s.b.n;
  }
  return std::min(a, b);
}

double boundary_at(double t, double before) noexcept {
  return boundary_critical(t, t > 1 ? std::max(before, threshold_after_horizon) : before);
}

// What a claim costs more after the horizon.
double surcharge(double t, double before) noexcept {
  return t > 1 ? std::max(0.0, threshold_after_horizon - before) : 0;
}

// The threshold that both keys reach on one side at this look.
double evidence_of(const Keys& seen, double t, double before) noexcept {
  if (!(seen.first * seen.second > 0)) return -infinity;
  return boundary_evidence(std::min(std::abs(seen.first), std::abs(seen.second)), t) - surcharge(t, before);
}

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

// The calibrated boundary's error at a threshold, for 500 looks: between thresholds solved exactly by chords of its
// logarithm, which is convex; outside them by bounds.
double calibrated_error(double threshold) noexcept {
  struct Point {
    double log_threshold;
    double error;
  };
  constexpr std::array points{Point{2.4463527975226707, 0.05}, Point{2.5422551521410304, 0.045},
                              Point{3.9257885624919293, 0.01}};
  if (!(threshold >= points.front().log_threshold)) return std::exp(-std::max(0.0, threshold));
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (threshold > points[i].log_threshold) continue;
    const double span = points[i].log_threshold - points[i - 1].log_threshold;
    const double share = (threshold - points[i - 1].log_threshold) / span;
    return std::exp((1 - share) * std::log(points[i - 1].error) + share * std::log(points[i].error));
  }
  return points.back().error * std::exp(points.back().log_threshold - threshold);
}

}  // namespace

std::vector<MeanStratum> strata_of(std::span<const ValueTick> ticks, std::int64_t least) {
  std::vector<MeanStratum> strata;
  std::size_t phase_start = 0;
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    const bool new_phase = k > 0 && ticks[k].phase != ticks[k - 1].phase;
    if (new_phase && strata.size() > phase_start + 1 && !thick(strata.back(), least)) {
      const MeanStratum thin = strata.back();
      strata.pop_back();
      strata.back() = joined(strata.back(), thin);
    }
    if (new_phase) phase_start = strata.size();
    if (strata.size() > phase_start && !thick(strata.back(), least)) {
      strata.back() = joined(strata.back(), ticks[k].entered);
    } else {
      strata.push_back(ticks[k].entered);
    }
  }
  if (strata.size() > phase_start + 1 && !thick(strata.back(), least)) {
    const MeanStratum thin = strata.back();
    strata.pop_back();
    strata.back() = joined(strata.back(), thin);
  }
  return strata;
}

ValueVerdict judge_values(std::span<const ValueTick> ticks, const ErrorBudget& budget) {
  ValueVerdict verdict;
  verdict.decided_at = ticks.size();
  if (ticks.empty()) return verdict;
  const double before = boundary_log_threshold(budget.alpha - budget.reserve, planned_looks);
  verdict.critical = boundary_at(ticks.back().t, before);
  verdict.evidence = -infinity;
  Intervals deciding;
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    const std::vector<MeanStratum> strata = strata_of(ticks.first(k + 1), least_users);
    const Keys seen = keys(strata);
    verdict.status = seen.status;
    if (seen.status != Status::ok || smaller_arm(strata) < shown_from) continue;
    verdict.evidence = std::max(verdict.evidence, evidence_of(seen, ticks[k].t, before));
    const double critical = boundary_at(ticks[k].t, before);
    const int side = declared(seen, critical);
    if (side == 0 || verdict.side != Side::none) continue;
    verdict.side = side > 0 ? Side::better : Side::worse;
    verdict.decided_at = k;
    deciding = intervals_at(strata, critical);
  }
  const Intervals now = intervals_at(strata_of(ticks, least_users), verdict.critical);
  verdict.difference = common(deciding.difference, now.difference);
  verdict.ratio = common(deciding.ratio, now.ratio);
  return verdict;
}

double values_anytime_p(double evidence, const ErrorBudget& budget) noexcept {
  return std::min(1.0, calibrated_error(evidence) * budget.alpha / (budget.alpha - budget.reserve));
}

}  // namespace touchstone::stats
