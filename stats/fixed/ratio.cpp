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

namespace {

/// sum (u - mean u)^2 (v - mean v), from n^2 times it in integers: n^2 S_uuv - 2 n S_u S_uv - n S_v S_uu + 2 S_u^2 S_v.
double mixed_third(const Sums& u, const Sums& v, Int128 uv, const Int256& uuv, double scale) noexcept {
  const Int256 n(u.n);
  const Int256 su(u.s1);
  const Int256 sv(v.s1);
  const Int256 squared =
      n * n * uuv - Int256(2) * n * su * Int256(uv) - n * sv * Int256(u.s2) + Int256(2) * su * su * sv;
  return ratio(squared, n * n) / scale;
}

}  // namespace

void RatioSums::merge(const RatioSums& other) noexcept {
  y.merge(other.y);
  x.merge(other.x);
  cross.merge(other.cross);
}

Moments linearised(const RatioSums& arm, double slope, int decimals_y, int decimals_x) noexcept {
  const PairMoments pair = moments(PairSums{arm.y, arm.x, arm.cross.xy}, decimals_y, decimals_x);
  const double scale_y = std::pow(10.0, decimals_y);
  const double scale_x = std::pow(10.0, decimals_x);
  const double yyx = mixed_third(arm.y, arm.x, arm.cross.xy, arm.cross.xyy, scale_y * scale_y * scale_x);
  const double yxx = mixed_third(arm.x, arm.y, arm.cross.xy, arm.cross.xxy, scale_y * scale_x * scale_x);
  Moments made = linearised(pair, slope);
  made.m3 = pair.y.m3 - 3 * slope * yyx + 3 * slope * slope * yxx - slope * slope * slope * pair.x.m3;
  return made;
}

Moments ratio_values(const RatioSums& arm, int decimals_y, int decimals_x) noexcept {
  const PairMoments pair = moments(PairSums{arm.y, arm.x, arm.cross.xy}, decimals_y, decimals_x);
  if (pair.y.n == 0 || arm.x.s1 == 0) return {};
  const double r = pair.y.mean / pair.x.mean;
  const Moments around = linearised(arm, r, decimals_y, decimals_x);
  const double unit = pair.x.mean;
  return {pair.y.n, r, around.m2 / (unit * unit), around.m3 / (unit * unit * unit), around.mean / unit};
}

Moments linearised(const PairMoments& arm, double ratio) noexcept {
  const double m2 = arm.y.m2 - 2 * ratio * arm.cxy + ratio * ratio * arm.x.m2;
  const double rest = arm.y.mean_rest - ratio * arm.x.mean_rest;
  return {arm.y.n, std::fma(-ratio, arm.x.mean, arm.y.mean) + rest, m2 > 0 ? m2 : 0, undefined, 0};
}

}  // namespace touchstone::stats
