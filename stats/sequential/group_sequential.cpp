#include "stats/sequential/group_sequential.hpp"

#include <cmath>
#include <cstddef>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/score_walk.hpp"
#include "stats/sequential/walk_bound.hpp"

namespace touchstone::stats {
namespace {

std::vector<double> power_family(std::span<const double> information, double delta, double constant) {
  std::vector<double> bounds;
  for (const double t : information) bounds.push_back(constant * std::pow(t, delta - 0.5));
  return bounds;
}

double second_kind_error(std::span<const double> information, const Bounds& bounds, double drift) {
  return 1 - operate(information, bounds, drift).power;
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

double drift_for_power(std::span<const double> information, const Bounds& bounds, double beta) {
  const auto gap = [&](double drift) { return second_kind_error(information, bounds, drift) - beta; };
  double high = 1;
  for (; gap(high) > 0; high *= 2)
    if (high > 1e3) return infinity;
  return bracketed_root(gap, 0.0, high, 1e-12);
}

double fixed_shift(double alpha, double beta) noexcept {
  const double drift = normal_upper_quantile(alpha) + normal_upper_quantile(beta);
  return drift * drift;
}

}  // namespace touchstone::stats
