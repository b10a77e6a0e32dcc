#include "stats/posterior.hpp"

#include <cmath>
#include <numbers>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

double square(double value) noexcept { return value * value; }

// E max(X, 0) for X ~ N(mean, sd^2) with its log10.
Tail expected_excess(double mean, double sd) noexcept {
  const Tail unit = normal_unit_loss(-mean / sd);
  return {sd * unit.p, std::log10(sd) + unit.log10_p};
}

double log_normal_density(double x, double variance) noexcept {
  return -0.5 * (x * x / variance + std::log(2 * std::numbers::pi * variance));
}

}  // namespace

NormalPosterior posterior(double estimate, double se, const NormalPrior& prior) noexcept {
  if (std::isinf(prior.sd)) return {estimate, se};
  const double data = 1 / square(se);
  const double before = 1 / square(prior.sd);
  return {(estimate * data + prior.mean * before) / (data + before), 1 / std::sqrt(data + before)};
}

Interval credible(const NormalPosterior& posterior, double level) {
  const double half = normal_upper_quantile((1 - level) / 2) * posterior.sd;
  return {posterior.mean - half, posterior.mean + half};
}

PosteriorComparison compare(const NormalPosterior& a, const NormalPosterior& b) {
  PosteriorComparison result;
  const double sd = std::hypot(a.sd, b.sd);
  result.difference = b.mean - a.mean;
  if (std::isnan(result.difference) || std::isnan(sd)) return result;
  result.status = sd > 0 ? Status::ok : Status::zero_variance;
  if (result.status != Status::ok) return result;
  result.better = normal_upper(-result.difference / sd);
  result.worse = normal_upper(result.difference / sd);
  result.loss_b = expected_excess(-result.difference, sd).p;
  result.loss_a = expected_excess(result.difference, sd).p;
  return result;
}

EffectPosterior judge(const NormalPosterior& effect, double rope) {
  EffectPosterior result;
  const double m = effect.mean;
  const double s = effect.sd;
  result.posterior = effect;
  result.above = normal_upper(-m / s);
  result.below = normal_upper(m / s);
  result.loss_treatment = expected_excess(-m, s);
  result.loss_control = expected_excess(m, s);
  result.above_rope = normal_upper((rope - m) / s).p;
  result.below_rope = normal_upper((rope + m) / s).p;
  // The mass between two points from the nearer tails, so that a region far out keeps its digits.
  const double from = (-rope - m) / s;
  const double to = (rope - m) / s;
  result.in_rope = from > 0 ? normal_upper(from).p - normal_upper(to).p
                   : to < 0 ? normal_upper(-to).p - normal_upper(-from).p
                            : 1 - result.above_rope - result.below_rope;
  return result;
}

double log_bayes_factor(double estimate, double se, const NormalPrior& prior) noexcept {
  const double null = square(se);
  return log_normal_density(estimate - prior.mean, null + square(prior.sd)) - log_normal_density(estimate, null);
}

}  // namespace touchstone::stats
