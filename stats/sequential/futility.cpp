#include "stats/sequential/futility.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/score_walk.hpp"
#include "stats/sequential/walk_bound.hpp"

namespace touchstone::stats {
namespace {

constexpr double least_beta = 1e-12;
constexpr double least_spend = 1e-300;  // at the last look

// `excess` says by how much the two bounds miss each other at the last look.
struct Attempt {
  Bounds bounds;
  double excess = 0;
};

// Where the bounds meet before the end nobody is left for further looks.
Attempt over_at(double bound, std::size_t looks, Bounds bounds) {
  bounds.efficacy.resize(looks, bound);
  bounds.futility.resize(looks, bound);
  return {std::move(bounds), 1};
}

Attempt attempt(std::span<const double> information, const FutilityPlan& plan, double beta, double drift) {
  Attempt result;
  ScoreWalk null;
  ScoreWalk alternative(drift);
  for (std::size_t k = 0; k < information.size(); ++k) {
    null.advance(information[k]);
    alternative.advance(information[k]);
    const double efficacy = bound_above(null, spent_at(plan.alpha_spending, plan.alpha, information, k));
    const double futility = bound_below(alternative, spent_at(plan.beta_spending, beta, information, k));
    result.excess = futility - efficacy;
    result.bounds.efficacy.push_back(efficacy);
    const bool last = k + 1 == information.size();
    const double lower = last ? efficacy : std::fmin(futility, efficacy);
    result.bounds.futility.push_back(lower);
    if (!last && result.excess >= 0) return over_at(efficacy, information.size(), std::move(result.bounds));
    null.stop_outside(plan.binding ? lower : -infinity, efficacy);
    alternative.stop_outside(lower, efficacy);
  }
  return result;
}

bool reaches_the_end(std::span<const double> information, const Spending& spending, double error) {
  return spent_at(spending, error, information, information.size() - 1) > least_spend;
}

FutilityDesign design(std::span<const double> information, const FutilityPlan& plan, double beta, double drift) {
  return {attempt(information, plan, beta, drift).bounds, drift, beta};
}

}  // namespace

FutilityDesign futility_design(std::span<const double> information, const FutilityPlan& plan, double beta) {
  if (!reaches_the_end(information, plan.alpha_spending, plan.alpha) ||
      !reaches_the_end(information, plan.beta_spending, beta))
    return {};
  const auto excess = [&](double drift) { return attempt(information, plan, beta, drift).excess; };
  const double fixed = std::sqrt(fixed_shift(plan.alpha, beta));
  double high = 1.25 * fixed;
  while (excess(high) < 0) high *= 1.5;
  return design(information, plan, beta, bracketed_root(excess, 0.9 * fixed, high, 1e-12));
}

FutilityDesign futility_design_at(std::span<const double> information, const FutilityPlan& plan, double drift) {
  const double fixed = normal_upper(drift - normal_upper_quantile(plan.alpha)).p;
  const double low = std::fmax(fixed / 2, least_beta);
  const auto excess = [&](double beta) { return attempt(information, plan, beta, drift).excess; };
  if (excess(low) >= 0) return futility_design(information, plan, least_beta);
  return design(information, plan, bracketed_root(excess, low, 1.0, 1e-12), drift);
}

}  // namespace touchstone::stats
