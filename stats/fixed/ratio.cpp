#include "stats/fixed/ratio.hpp"

#include <cmath>

namespace touchstone::stats {
namespace {

Status status_of(const Ratio& a, const Ratio& b) noexcept { return a.status != Status::ok ? a.status : b.status; }

}  // namespace

Ratio ratio_of(const PairMoments& arm) noexcept {
  Ratio result;
  if (arm.y.n == 0) return result;
  result.status = arm.y.n < 2 ? Status::insufficient_data : arm.x.mean == 0 ? Status::zero_denominator : Status::ok;
  if (result.status != Status::ok) return result;
  result.ratio = arm.y.mean / arm.x.mean;
  result.rest = linearised(arm, result.ratio).mean / arm.x.mean;
  result.variance = linearised(arm, result.ratio).mean_variance() / (arm.x.mean * arm.x.mean);
  return result;
}

RatioComparison compare_ratios(const PairMoments& a, const PairMoments& b, double alpha) noexcept {
  RatioComparison result;
  result.a = ratio_of(a);
  result.b = ratio_of(b);
  result.status = status_of(result.a, result.b);
  if (result.status != Status::ok) return result;
  const double difference = (result.b.ratio - result.a.ratio) + (result.b.rest - result.a.rest);
  result.difference = z_test(difference, std::sqrt(result.a.variance + result.b.variance), alpha);
  result.status = result.difference.status;
  result.lift =
      lift_delta({result.a.ratio, result.a.variance, undefined}, {result.b.ratio, result.b.variance, undefined});
  if (result.a.ratio != 0) result.lift.estimate = difference / result.a.ratio;
  return result;
}

Moments linearised(const PairMoments& arm, double ratio) noexcept {
  const double m2 = arm.y.m2 - 2 * ratio * arm.cxy + ratio * ratio * arm.x.m2;
  const double rest = arm.y.mean_rest - ratio * arm.x.mean_rest;
  return {arm.y.n, std::fma(-ratio, arm.x.mean, arm.y.mean) + rest, m2 > 0 ? m2 : 0, undefined, 0};
}

}  // namespace touchstone::stats
