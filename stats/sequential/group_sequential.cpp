#include "stats/sequential/group_sequential.hpp"

#include <cmath>
#include <cstddef>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/score_walk.hpp"

namespace touchstone::stats {
namespace {

constexpr double precise = 1e-14;
constexpr double highest = 38;  // a normal tail beyond this is no double

// z at which a tail that falls with z is `spend`; logarithms make tiny spends as easy as large ones. `open` is where
// the tail would be so small if nobody had stopped before. Where less than `spend` is left, everything goes.
template <class Tail>
double bound_at(const Tail& tail, double spend, double open) {
  if (!(spend > 0) || open > highest) return infinity;
  const auto gap = [&](double z) { return std::log(tail(z)) - std::log(spend); };
  double low = open;
  for (double width = 0.25; gap(low) < 0; width *= 2) {
    if (low < -highest) return -highest;
    low -= width;
  }
  return bracketed_root(gap, low, open + 1e-9, precise);
}

// What is decided at a look lies where it would lie without looks before, or nearer.
double bound_above(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) + walk.centre();
  return bound_at([&](double z) { return walk.above(z); }, spend, open);
}

double bound_below(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) - walk.centre();
  return -bound_at([&](double z) { return walk.below(-z); }, spend, open);
}

double spent_at(const Spending& spending, double alpha, std::span<const double> information, std::size_t k) noexcept {
  const double before = k == 0 ? 0 : spent(spending, alpha, information[k - 1]);
  return spent(spending, alpha, information[k]) - before;
}

std::vector<double> power_family(std::span<const double> information, double delta, double constant) {
  std::vector<double> bounds;
  for (const double t : information) bounds.push_back(constant * std::pow(t, delta - 0.5));
  return bounds;
}

double second_kind_error(std::span<const double> information, const Bounds& bounds, double drift) {
  return 1 - operate(information, bounds, drift).power;
}

// Bounds for a given drift: efficacy spends alpha without drift, futility spends beta under it. Where the two meet
// before the end the design is over; `excess` says by how much they miss each other at the last look.
struct Attempt {
  Bounds bounds;
  double excess = 0;
};
Attempt attempt(std::span<const double> information, const Spending& alpha_spending, double alpha,
                const Spending& beta_spending, double beta, bool binding, double drift) {
  Attempt result;
  ScoreWalk null;
  ScoreWalk alternative(drift);
  for (std::size_t k = 0; k < information.size(); ++k) {
    null.advance(information[k]);
    alternative.advance(information[k]);
    const double efficacy = bound_above(null, spent_at(alpha_spending, alpha, information, k));
    const double futility = bound_below(alternative, spent_at(beta_spending, beta, information, k));
    result.excess = futility - efficacy;
    result.bounds.efficacy.push_back(efficacy);
    const bool last = k + 1 == information.size();
    const double lower = last ? efficacy : std::fmin(futility, efficacy);
    result.bounds.futility.push_back(lower);
    if (!last && result.excess >= 0) {
      result.excess = 1;
      return result;
    }
    null.stop_outside(binding ? lower : -infinity, efficacy);
    alternative.stop_outside(lower, efficacy);
  }
  return result;
}

}  // namespace

std::vector<double> spending_bounds(std::span<const double> information, const Spending& spending, double alpha,
                                    bool symmetric) {
  std::vector<double> bounds;
  ScoreWalk walk;
  for (std::size_t k = 0; k < information.size(); ++k) {
    walk.advance(information[k]);
    bounds.push_back(bound_above(walk, spent_at(spending, alpha, information, k)));
    walk.stop_outside(symmetric ? -bounds.back() : -infinity, bounds.back());
  }
  return bounds;
}

std::vector<double> crossing(std::span<const double> information, std::span<const double> bounds, bool symmetric) {
  std::vector<double> cumulative;
  ScoreWalk walk;
  double total = 0;
  for (std::size_t k = 0; k < information.size(); ++k) {
    walk.advance(information[k]);
    total += walk.above(bounds[k]) + (symmetric ? walk.below(-bounds[k]) : 0);
    cumulative.push_back(total);
    walk.stop_outside(symmetric ? -bounds[k] : -infinity, bounds[k]);
  }
  return cumulative;
}

std::vector<double> power_family_bounds(std::span<const double> information, double delta, double alpha,
                                        bool symmetric) {
  const double total = symmetric ? 2 * alpha : alpha;
  const auto gap = [&](double constant) {
    return std::log(crossing(information, power_family(information, delta, constant), symmetric).back() / total);
  };
  const double last = normal_upper_quantile(alpha);
  return power_family(information, delta, bracketed_root(gap, last - 1e-9, last + 5, 1e-12));
}

Operation operate(std::span<const double> information, const Bounds& bounds, double drift) {
  Operation result;
  ScoreWalk walk(drift);
  double running = 1;
  for (std::size_t k = 0; k < information.size(); ++k) {
    walk.advance(information[k]);
    result.efficacy.push_back(walk.above(bounds.efficacy[k]));
    const bool open = std::isinf(bounds.futility[k]);
    result.futility.push_back(open ? 0 : walk.below(bounds.futility[k]));
    result.power += result.efficacy.back();
    const bool last = k + 1 == information.size();
    const double stopped = last ? running : result.efficacy.back() + result.futility.back();
    result.expected_information += information[k] * stopped;
    running -= stopped;
    walk.stop_outside(bounds.futility[k], bounds.efficacy[k]);
  }
  return result;
}

FutilityDesign futility_design(std::span<const double> information, const Spending& alpha_spending, double alpha,
                               const Spending& beta_spending, double beta, bool binding) {
  const auto at = [&](double drift) {
    return attempt(information, alpha_spending, alpha, beta_spending, beta, binding, drift);
  };
  const double fixed = std::sqrt(fixed_shift(alpha, beta));
  const double drift = bracketed_root([&](double d) { return at(d).excess; }, 0.9 * fixed, 2 * fixed, 1e-12);
  return {at(drift).bounds, drift};
}

double drift_for_power(std::span<const double> information, const Bounds& bounds, double beta) {
  const auto gap = [&](double drift) { return second_kind_error(information, bounds, drift) - beta; };
  double high = 1;
  while (gap(high) > 0 && high < 1e3) high *= 2;
  return bracketed_root(gap, 0.0, high, 1e-12);
}

double fixed_shift(double alpha, double beta) noexcept {
  const double drift = normal_upper_quantile(alpha) + normal_upper_quantile(beta);
  return drift * drift;
}

}  // namespace touchstone::stats
