#include "stats/effect.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"
#include "stats/few_strata.hpp"
#include "stats/fixed/lift.hpp"
#include "stats/fixed/score.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/sequential/confidence_sequence.hpp"

namespace touchstone::stats {
namespace {

Interval hull(const Interval& x, const Interval& y) noexcept {
  return {std::min(x.low, y.low), std::max(x.high, y.high)};
}

Effect uncomputable(Status status) noexcept {
  Effect effect;
  effect.absolute.status = effect.relative.status = status;
  return effect;
}

void set_p(Effect& effect, const Tail& p) noexcept {
  effect.absolute.p = effect.relative.p = p.p;
  effect.absolute.log10_p = effect.relative.log10_p = p.log10_p;
}

// A relative change has a meaning where the control mean is positive; it shares the p of the difference.
void relate(Effect& effect, const ArmMean& a, const ArmMean& b, const Interval& interval) noexcept {
  effect.relative.interval = interval;
  if (!(a.mean > 0)) {
    effect.relative.status = Status::baseline_not_positive;
    return;
  }
  const Lift lift = lift_delta(a, b);
  effect.relative.status = effect.absolute.status;
  effect.relative.estimate = lift.estimate;
  effect.relative.se = lift.se;
}

Interval fieller(const ComparedMeans& means, const LiftVariance& variance, double critical) noexcept {
  return stats::fieller(means.difference, means.a.mean, variance, critical);
}

// All d for which the pooled score of "B - A = d" stays within the critical value: Fieller's set of the shift around
// the estimate.
Interval pooled_difference_interval(const ComparedMeans& means, double critical) noexcept {
  const Interval around = stats::fieller(0, 1, means.pooled_shift, critical);
  return {means.difference + around.low, means.difference + around.high};
}

ArmMean rate_as_mean(std::span<const ProportionStratum> strata, bool control) noexcept {
  ArmMean mean{0, 0, undefined};
  double total = 0;
  for (const ProportionStratum& s : strata) total += harmonic_weight(s.a.units, s.b.units);
  for (const ProportionStratum& s : strata) {
    const double share = harmonic_weight(s.a.units, s.b.units) / total;
    if (share == 0) continue;
    const Proportion& arm = control ? s.a : s.b;
    const double p = arm.rate();
    mean.mean += share * p;
    mean.variance += share * share * p * (1 - p) / arm.count();
  }
  return mean;
}

Status status_of(std::span<const ProportionStratum> strata) noexcept {
  bool anybody = false;
  for (const ProportionStratum& s : strata) {
    if (s.a.units > 0 && s.b.units > 0) return Status::ok;
    anybody = anybody || s.a.units + s.b.units > 0;
  }
  return anybody ? Status::insufficient_data : Status::no_data;
}

Interval minus_one(const Interval& ratio) noexcept { return {ratio.low - 1, ratio.high - 1}; }

}  // namespace

Effect compare_means(std::span<const MeanStratum> strata, double alpha) {
  const ComparedMeans means = compare(strata);
  const WelchTest test = welch(means);
  if (means.status != Status::ok) return uncomputable(test.status);
  Effect effect;
  effect.absolute = {test.status, test.difference, test.se, t_interval(test, alpha), undefined, undefined};
  Interval lift;
  if (test.status == Status::ok) {
    set_p(effect, test.two_sided);
    if (means.a.mean > 0) lift = fieller(means, means.own, student_upper_quantile(alpha / 2, test.df));
  }
  relate(effect, means.a, means.b, lift);
  return effect;
}

Effect compare_proportions(std::span<const ProportionStratum> strata, double alpha) {
  const Status status = status_of(strata);
  if (status != Status::ok) return uncomputable(status);
  const double critical = normal_upper_quantile(alpha / 2);
  const double z = score_z_difference(strata, 0);
  const ArmMean a = rate_as_mean(strata, true);
  const ArmMean b = rate_as_mean(strata, false);
  Effect effect;
  effect.absolute.status = std::isnan(z) ? Status::zero_variance : Status::ok;
  effect.absolute.estimate = b.mean - a.mean;
  effect.absolute.se = std::sqrt(a.variance + b.variance);
  effect.absolute.interval = score_interval_difference(strata, critical);
  set_p(effect, normal_two_sided(z));
  relate(effect, a, b, minus_one(score_interval_ratio(strata, critical)));
  return effect;
}

Effect always_valid_means(std::span<const MeanStratum> strata, const Tuning& tuning) {
  const ComparedMeans means = compare(strata);
  if (means.status != Status::ok) return uncomputable(means.status);
  const double se = std::sqrt(std::max(means.own.at_null, means.pooled.at_null));
  Effect effect;
  effect.absolute.estimate = means.difference;
  effect.absolute.se = se;
  effect.absolute.status = means.own.at_null > 0 ? Status::ok : Status::zero_variance;
  Interval lift;
  if (effect.absolute.status == Status::ok) {
    const auto units = static_cast<double>(means.units);
    const double rho2 = mixture_rho2(tuning.alpha, tuning.n_star);
    const double critical = mixture_critical(units, rho2, -std::log(tuning.alpha));
    const double half = critical * std::sqrt(means.own.at_null);
    effect.absolute.interval =
        hull({means.difference - half, means.difference + half}, pooled_difference_interval(means, critical));
    set_p(effect, anytime_p(mixture_log_e(means.difference / se, units, rho2)));
    if (means.a.mean > 0) lift = hull(fieller(means, means.own, critical), fieller(means, means.pooled, critical));
  }
  relate(effect, means.a, means.b, lift);
  return effect;
}

Effect always_valid_proportions(std::span<const ProportionStratum> strata, const Tuning& tuning) {
  FewStrata means(strata.size());
  std::transform(strata.begin(), strata.end(), means.all().begin(), [](const ProportionStratum& s) {
    return MeanStratum{moments(s.a), moments(s.b)};
  });
  return always_valid_means(means.all(), tuning);
}

}  // namespace touchstone::stats
