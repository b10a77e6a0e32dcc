#include "stats/moments.hpp"

#include <cmath>

#include "stats/numeric/exact_total.hpp"

namespace touchstone::stats {
namespace {

Int256 power_of_ten(int exponent) noexcept {
  Int256 power(1);
  for (int i = 0; i < exponent; ++i) power = power * Int256(10);
  return power;
}

double exact_m2(const Sums& sums, const Int256& scale) noexcept {
  const Int256 n(sums.n);
  const Int256 s1(sums.s1);
  return ratio(n * Int256(sums.s2) - s1 * s1, n * scale * scale);
}

double exact_m3(const Sums& sums, const Int256& scale) noexcept {
  const Int256 n(sums.n);
  const Int256 s1(sums.s1);
  const Int256 mixed = Int256(3) * n * s1 * Int256(sums.s2);
  return ratio(n * n * sums.s3 - mixed + Int256(2) * s1 * s1 * s1, n * n * scale * scale * scale);
}

// s1/denominator - mean, by fused multiply-add; the denominator n 10^d is a whole double.
double rest_of_mean(Int128 s1, double denominator, double mean) noexcept {
  const auto high = static_cast<double>(s1);
  const auto low = static_cast<double>(s1 - static_cast<Int128>(high));
  return (std::fma(-mean, denominator, high) + low) / denominator;
}

}  // namespace

double mean_difference(const Moments& a, const Moments& b) noexcept {
  return (b.mean - a.mean) + (b.mean_rest - a.mean_rest);
}

Moments moments(const Sums& sums, int decimals) noexcept {
  if (sums.n <= 0) return {};
  const Int256 scale = power_of_ten(decimals);
  const Int256 denominator = Int256(sums.n) * scale;
  const double mean = ratio(Int256(sums.s1), denominator);
  const double rest = rest_of_mean(sums.s1, ratio(denominator, Int256(1)), mean);
  return {sums.n, mean, exact_m2(sums, scale), exact_m3(sums, scale), rest};
}

PairMoments moments(const PairSums& sums, int decimals_y, int decimals_x) noexcept {
  PairMoments pair{moments(sums.y, decimals_y), moments(sums.x, decimals_x), 0};
  if (sums.y.n <= 0) return pair;
  const Int256 n(sums.y.n);
  const Int256 cross = n * Int256(sums.xy) - Int256(sums.y.s1) * Int256(sums.x.s1);
  pair.cxy = ratio(cross, n * power_of_ten(decimals_y) * power_of_ten(decimals_x));
  return pair;
}

Moments moments(std::span<const double> values) {
  if (values.empty()) return {};
  Moments group{static_cast<std::int64_t>(values.size()), 0, 0, 0, 0};
  group.mean = exact_total(values) / group.count();
  double drift = 0;
  for (const double value : values) {
    const double d = value - group.mean;
    drift += d;
    group.m2 += d * d;
    group.m3 += d * d * d;
  }
  const double offset = drift / group.count();
  group.mean_rest = std::isfinite(offset) ? offset : 0;
  group.m3 -= offset * (3 * group.m2 - 2 * offset * drift);
  group.m2 -= offset * drift;
  return group;
}

Moments merge(const Moments& a, const Moments& b) noexcept {
  if (a.n == 0) return b;
  if (b.n == 0) return a;
  const double na = a.count();
  const double nb = b.count();
  const double n = na + nb;
  const double d = mean_difference(a, b);
  const double w = na * nb / n;
  return {a.n + b.n, a.mean + d * nb / n, a.m2 + b.m2 + d * d * w,
          a.m3 + b.m3 + d * d * d * w * (na - nb) / n + 3 * d * (na * b.m2 - nb * a.m2) / n, 0};
}

Moments shifted(Moments group, double shift) noexcept {
  group.mean += shift;
  return group;
}

Moments scaled(Moments group, double factor) noexcept {
  group.mean *= factor;
  group.mean_rest *= factor;
  group.m2 *= factor * factor;
  group.m3 *= factor * factor * factor;
  return group;
}

}  // namespace touchstone::stats
