#include "stats/fixed/cuped.hpp"

#include <cmath>

#include "stats/numeric/products.hpp"

namespace touchstone::stats {
namespace {

double slope(double cross, double squares) noexcept { return squares > 0 ? cross / squares : 0; }

// `x_above`: the arm's mean x less the mean over both arms.
AdjustedArm adjusted_arm(const PairMoments& arm, double theta, double x_above) noexcept {
  return {arm.y.mean - theta * x_above, residual_m2(arm, theta) / (arm.y.count() - 1)};
}

// The control mean is part of both numerator and denominator.
Lift lift_of(const PairMoments& a, const ZTest& difference, double theta_a) noexcept {
  const double base = a.y.mean;
  if (base == 0) return {};
  const double lift = difference.estimate / base;
  const double n = a.y.count();
  const double variance_base = a.y.variance() / n;
  const double covariance = -(a.y.m2 - theta_a * a.cxy) / (n - 1) / n;
  const double variance = difference.se * difference.se - 2 * lift * covariance + lift * lift * variance_base;
  return {lift, std::sqrt(std::fmax(0.0, variance)) / std::abs(base)};
}

}  // namespace

double slope_within_arms(const PairMoments& a, const PairMoments& b) noexcept {
  return slope(a.cxy + b.cxy, a.x.m2 + b.x.m2);
}

double slope_over_all(const PairMoments& a, const PairMoments& b) noexcept {
  const double weight = a.y.count() * b.y.count() / (a.y.count() + b.y.count());
  const double dx = mean_difference(a.x, b.x);
  return slope(a.cxy + b.cxy + weight * dx * mean_difference(a.y, b.y), a.x.m2 + b.x.m2 + weight * dx * dx);
}

// By way of the arm's own slope: what is left over at that slope, formed without cancellation, and the squares that
// another slope adds.
double residual_m2(const PairMoments& arm, double slope) noexcept {
  if (!(arm.x.m2 > 0)) return arm.y.m2;
  const double left_over = difference_of_products(arm.y.m2, arm.x.m2, arm.cxy, arm.cxy) / arm.x.m2;
  const double off = slope - arm.cxy / arm.x.m2;
  return std::fmax(0.0, left_over) + off * off * arm.x.m2;
}

double slope_of(const PairMoments& arm) noexcept { return slope(arm.cxy, arm.x.m2); }

Adjusted adjust(const PairMoments& a, const PairMoments& b, double theta_a, double theta_b, double alpha) noexcept {
  Adjusted result;
  if (a.y.n == 0 && b.y.n == 0) return result;
  result.status = a.y.n < 2 || b.y.n < 2 ? Status::insufficient_data : Status::ok;
  if (result.status != Status::ok) return result;
  const double dx = mean_difference(a.x, b.x);
  const double share_b = b.y.count() / (a.y.count() + b.y.count());
  const double above_a = -dx * share_b;
  const double above_b = dx * (1 - share_b);
  result.a = adjusted_arm(a, theta_a, above_a);
  result.b = adjusted_arm(b, theta_b, above_b);
  const double difference = mean_difference(a.y, b.y) - (theta_b * above_b - theta_a * above_a);
  const double variance = result.a.variance / a.y.count() + result.b.variance / b.y.count();
  result.difference = z_test(difference, std::sqrt(variance), alpha);
  result.lift = lift_of(a, result.difference, theta_a);
  return result;
}

double variance_reduction(const PairMoments& a, const PairMoments& b, const Adjusted& adjusted) noexcept {
  const double before = a.y.mean_variance() + b.y.mean_variance();
  return 1 - adjusted.difference.se * adjusted.difference.se / before;
}

}  // namespace touchstone::stats
