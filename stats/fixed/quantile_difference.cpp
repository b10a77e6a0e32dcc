#include "stats/fixed/quantile_difference.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distribution/student.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/sequential/confidence_sequence.hpp"

namespace touchstone::stats {
namespace {

double error_of(const QuantileArm& arm, ShareError by) {
  return by == ShareError::own ? arm.share_se : std::max(arm.share_se, arm.pooled_se);
}

/// An arm's estimate with its limits.
struct Known {
  double middle;
  double low;
  double high;
};

Known known(const QuantileArm& arm, ShareError by, double critical) {
  const Interval limits = arm.limits(critical, error_of(arm, by));
  return {arm.estimate, std::min(limits.low, arm.estimate), std::max(limits.high, arm.estimate)};
}

Interval difference(const Known& a, const Known& b) {
  const double d = b.middle - a.middle;
  return {d - std::hypot(b.middle - b.low, a.high - a.middle), d + std::hypot(b.high - b.middle, a.middle - a.low)};
}

/// (q of A)^2 (q of B)^2 - ((q of A)^2 - g^2) ((q of B)^2 - h^2), its root.
double root(const Known& a, const Known& b, double g, double h) {
  const double of_a = a.middle * a.middle - g * g;
  const double of_b = b.middle * b.middle - h * h;
  return std::sqrt(std::max(0.0, a.middle * a.middle * b.middle * b.middle - of_a * of_b));
}

/// B above R A by just its error.
double lowest_ratio(const Known& a, const Known& b) {
  if (b.low < 0 && (a.low <= 0 || std::isinf(b.low))) return -infinity;
  const double g = b.low < 0 ? a.middle - a.low : a.high - a.middle;
  const double h = b.middle - b.low;
  if (std::isinf(g)) return 0;
  return (b.middle * b.middle - h * h) / (a.middle * b.middle + root(a, b, g, h));
}

double highest_ratio(const Known& a, const Known& b) {
  if (std::isinf(b.high)) return infinity;
  const double h = b.high - b.middle;
  if (b.high < 0) {
    const double g = a.high - a.middle;
    return std::isinf(g) ? 0 : (b.middle * b.middle - h * h) / (a.middle * b.middle - root(a, b, g, h));
  }
  if (a.low <= 0) return infinity;
  const double g = a.middle - a.low;
  return (a.middle * b.middle + root(a, b, g, h)) / (a.middle * a.middle - g * g);
}

bool excludes_zero(const QuantileArms& arms, ShareError by, double critical) {
  const Interval limits = difference(known(arms.a, by, critical), known(arms.b, by, critical));
  return limits.low > 0 || limits.high < 0;
}

double largest_z(const QuantileArm& arm, ShareError by) {
  return std::min(arm.which, 1 - arm.which) / error_of(arm, by);
}

Interval scaled(const Interval& amounts, double scale) { return {amounts.low / scale, amounts.high / scale}; }

void relate(Effect& effect, const QuantileArms& arms, const Known& a, const Known& b) {
  if (!(a.middle > 0)) {
    effect.relative.status = Status::baseline_not_positive;
    return;
  }
  const double ratio = b.middle / a.middle;
  effect.relative = effect.absolute;
  effect.relative.estimate = ratio - 1;
  effect.relative.se = std::hypot(arms.b.se(), ratio * arms.a.se()) / a.middle;
  effect.relative.interval = {lowest_ratio(a, b) - 1, highest_ratio(a, b) - 1};
}

/// Where neither end is known there is nothing to show: too few events lie on either side.
Effect effect(const QuantileArms& arms, double critical, ShareError by, const Tail& p, double scale) {
  Effect made;
  const Known a = known(arms.a, by, critical);
  const Known b = known(arms.b, by, critical);
  Estimate& absolute = made.absolute;
  absolute.estimate = (b.middle - a.middle) / scale;
  absolute.se = std::hypot(arms.a.se(), arms.b.se()) / scale;
  absolute.interval = scaled(difference(a, b), scale);
  absolute.p = p.p;
  absolute.log10_p = p.log10_p;
  const bool nothing = std::isinf(absolute.interval.low) && std::isinf(absolute.interval.high);
  absolute.status = nothing ? Status::insufficient_data : Status::ok;
  relate(made, arms, a, b);
  return made;
}

/// Where each unit of an arm tells the same share there is nothing to compare with.
Status status_of(const QuantileArms& arms) {
  if (arms.status != Status::ok) return arms.status;
  return arms.a.share_se > 0 && arms.b.share_se > 0 ? Status::ok : Status::zero_variance;
}

Effect uncomputable(Status status) {
  Effect none;
  none.absolute.status = none.relative.status = status;
  return none;
}

}  // namespace

double quantile_z(const QuantileArms& arms, ShareError by) {
  const double d = arms.b.estimate - arms.a.estimate;
  if (d == 0) return 0;
  double excluding = 0;
  double holding = std::max(largest_z(arms.a, by), largest_z(arms.b, by)) * 2 + 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (excluding + holding) / 2;
    (excludes_zero(arms, by, middle) ? excluding : holding) = middle;
  }
  return std::copysign(excluding, d);
}

// Welch 1947; where amounts are so much the same that limits are the estimate, the smaller of the two.
double quantile_df(const QuantileArms& arms) {
  const double of_a = std::pow(arms.a.se(), 2);
  const double of_b = std::pow(arms.b.se(), 2);
  const double both = of_a + of_b;
  if (!(both > 0)) return std::min(arms.a.df, arms.b.df);
  return both * both / (of_a * of_a / arms.a.df + of_b * of_b / arms.b.df);
}

Effect compare_quantiles(const QuantileArms& arms, double alpha, double scale) {
  if (const Status status = status_of(arms); status != Status::ok) return uncomputable(status);
  const double df = quantile_df(arms);
  return effect(arms, student_upper_quantile(alpha / 2, df), ShareError::own,
                student_two_sided(quantile_z(arms, ShareError::own), df), scale);
}

Effect always_valid_quantiles(const QuantileArms& arms, const Tuning& tuning, double scale) {
  if (const Status status = status_of(arms); status != Status::ok) return uncomputable(status);
  const auto units = static_cast<double>(arms.a.units + arms.b.units);
  const double rho2 = mixture_rho2(tuning.alpha, tuning.n_star);
  const double z = quantile_z(arms, ShareError::larger);
  return effect(arms, mixture_critical(units, rho2, -std::log(tuning.alpha)), ShareError::larger,
                anytime_p(mixture_log_e(z, units, rho2)), scale);
}

}  // namespace touchstone::stats
