#include <algorithm>
#include <cmath>

#include "stats/fixed/score.hpp"
#include "stats/sequential/conversions.hpp"

namespace touchstone::stats {
namespace {

std::vector<ProportionStratum> by_phase(std::span<const ConversionTick> ticks) {
  std::vector<ProportionStratum> strata;
  for (const ConversionTick& tick : ticks) {
    if (strata.size() <= tick.phase) strata.resize(tick.phase + 1);
    ProportionStratum& s = strata[tick.phase];
    s.a.units += tick.users - tick.users_b;
    s.b.units += tick.users_b;
    s.a.conversions += tick.conversions - tick.conversions_b;
    s.b.conversions += tick.conversions_b;
  }
  return strata;
}

std::vector<RatioStratum> as_ratio(std::span<const ProportionStratum> strata) {
  std::vector<RatioStratum> same;
  for (const ProportionStratum& s : strata)
    same.push_back({s.a.units, s.b.units, static_cast<double>(s.a.conversions), static_cast<double>(s.b.conversions)});
  return same;
}

std::int64_t total(std::span<const ConversionTick> ticks, std::int64_t ConversionTick::*figure) noexcept {
  std::int64_t sum = 0;
  for (const ConversionTick& tick : ticks) sum += tick.*figure;
  return sum;
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

struct Intervals {
  Interval ratio;
  Interval difference;
};

// Critical values at half a conversion inside the limits: the intervals exclude no effect exactly when a limit is
// reached.
Intervals intervals_at(std::span<const ConversionTick> ticks, const ConversionLimits& limits) {
  const std::vector<ProportionStratum> strata = by_phase(ticks);
  const std::vector<RatioStratum> ratios = as_ratio(strata);
  const std::int64_t all = total(ticks, &ConversionTick::conversions);
  const auto observed = static_cast<double>(total(ticks, &ConversionTick::conversions_b));
  const double up =
      limits.upper > all ? infinity : score_at_total(ratios, static_cast<double>(limits.upper) - 0.5, observed);
  const double low =
      limits.lower < 0 ? infinity : -score_at_total(ratios, static_cast<double>(limits.lower) + 0.5, observed);
  return {ratio_interval(ratios, up, low), difference_interval(strata, up, low)};
}

Interval common(const Interval& deciding, const Interval& now) noexcept {
  const Interval both{std::max(deciding.low, now.low), std::min(deciding.high, now.high)};
  return both.low < both.high ? both : deciding;
}

bool says(Side side, const Interval& ratio) noexcept {
  return side == Side::better ? ratio.low > 1 : side == Side::worse ? ratio.high < 1 : true;
}

bool informative(std::span<const ConversionTick> ticks) noexcept { return conversion_score(ticks).variance > 0; }

}  // namespace

ConversionVerdict judge_conversions(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  ConversionVerdict verdict;
  verdict.decided_at = ticks.size();
  if (ticks.empty()) return verdict;
  verdict.status = informative(ticks) ? Status::ok : Status::insufficient_data;
  if (verdict.status != Status::ok) return verdict;
  ConversionWalk walk(budget);
  ConversionLimits deciding;
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    verdict.limits = walk.advance(ticks[k]);
    if (verdict.side != Side::none || walk.side() == Side::none) continue;
    verdict.side = walk.side();
    verdict.decided_at = k;
    deciding = verdict.limits;
  }
  Intervals now = intervals_at(ticks, verdict.limits);
  if (!says(verdict.side, now.ratio)) {
    const Intervals then = intervals_at(ticks.first(verdict.decided_at + 1), deciding);
    now = {common(then.ratio, now.ratio), common(then.difference, now.difference)};
  }
  verdict.ratio = now.ratio;
  verdict.difference = now.difference;
  const ConstrainedRates rates = standardised_rates(by_phase(ticks));
  verdict.rate_a = rates.a;
  verdict.rate_b = rates.b;
  return verdict;
}

double conversions_anytime_p(std::span<const ConversionTick> ticks, const ErrorBudget& budget) {
  std::vector<TickLaw> laws;
  for (const ConversionTick& tick : ticks) laws.push_back(law_of(tick));
  const auto stops = [&](double alpha) {
    ConversionWalk walk({alpha, budget.reserve * (alpha / budget.alpha)});
    for (std::size_t k = 0; k < ticks.size(); ++k) {
      walk.advance(ticks[k], laws[k]);
      if (walk.side() != Side::none) return true;
    }
    return false;
  };
  constexpr double least = 1e-12;
  constexpr double precision = 1.01;
  double low = budget.alpha;
  double high = 1;
  for (double factor = 2; low > least && stops(low); factor *= factor) {
    high = low;
    low = std::max(least, low / factor);
  }
  if (low == least && stops(least)) return least;
  while (high > low * precision) {
    const double middle = std::sqrt(low * high);
    (stops(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace touchstone::stats
