#include "stats/fixed/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/normal.hpp"

namespace touchstone::stats {
namespace {

struct Cells {
  double x;  // conversions
  double f;  // the others
  double n;
};
Cells cells(const Proportion& arm) noexcept {
  return {static_cast<double>(arm.conversions), static_cast<double>(arm.units - arm.conversions), arm.count()};
}

double exact_difference(const Proportion& a, const Proportion& b) noexcept {
  const Int128 numerator = static_cast<Int128>(b.conversions) * a.units - static_cast<Int128>(a.conversions) * b.units;
  return static_cast<double>(numerator) / (a.count() * b.count());
}

double z_of(double difference, double variance) noexcept {
  return variance > 0 ? difference / std::sqrt(variance) : undefined;
}

double pooled_variance(const Proportion& a, const Proportion& b) noexcept {
  const Cells all = cells({a.conversions + b.conversions, a.units + b.units});
  return all.x / all.n * (all.f / all.n) / harmonic_weight(a.units, b.units);
}

double square(double value) noexcept { return value * value; }

bool empty(const Proportion& a, const Proportion& b) noexcept { return a.units <= 0 || b.units <= 0; }

}  // namespace

ArmMean arm_mean(const Proportion& arm) noexcept {
  const Cells c = cells(arm);
  return {arm.rate(), c.x / c.n * (c.f / c.n) / c.n, undefined};
}

ProportionTest compare(const Proportion& a, const Proportion& b) noexcept {
  ProportionTest test;
  test.rate_a = a.rate();
  test.rate_b = b.rate();
  if (empty(a, b)) {
    test.status = a.units + b.units > 0 ? Status::insufficient_data : Status::no_data;
    return test;
  }
  test.status = Status::ok;
  test.difference = exact_difference(a, b);
  test.z_pooled = z_of(test.difference, pooled_variance(a, b));
  test.pooled = normal_two_sided(test.z_pooled);
  test.pooled_greater = normal_upper(test.z_pooled);
  const double own = arm_mean(a).variance + arm_mean(b).variance;
  test.se_unpooled = std::sqrt(own);
  test.z_unpooled = z_of(test.difference, own);
  test.unpooled = normal_two_sided(test.z_unpooled);
  return test;
}

Interval wilson(const Proportion& arm, double alpha) noexcept {
  if (arm.units <= 0) return {};
  const Cells c = cells(arm);
  const double z = normal_upper_quantile(alpha / 2);
  const double z2 = square(z);
  const double spread = z * std::sqrt(c.x / c.n * c.f + z2 / 4);
  // The lower end as a quotient without subtraction, so that rare events keep their digits.
  const double reach = c.x + z2 / 2 + spread;
  return {square(c.x) / c.n / reach, std::min(1.0, reach / (c.n + z2))};
}

Interval clopper_pearson(const Proportion& arm, double alpha) noexcept {
  if (arm.units <= 0) return {};
  const Cells c = cells(arm);
  return {c.x > 0 ? beta_quantile(c.x, c.f + 1, alpha / 2) : 0,
          c.f > 0 ? beta_upper_quantile(c.x + 1, c.f, alpha / 2) : 1};
}

Interval wald(const Proportion& a, const Proportion& b, double alpha) noexcept {
  if (empty(a, b)) return {};
  const double half = normal_upper_quantile(alpha / 2) * std::sqrt(arm_mean(a).variance + arm_mean(b).variance);
  const double d = exact_difference(a, b);
  return {d - half, d + half};
}

Interval newcombe(const Proportion& a, const Proportion& b, double alpha) noexcept {
  if (empty(a, b)) return {};
  const Interval wa = wilson(a, alpha);
  const Interval wb = wilson(b, alpha);
  const double d = exact_difference(a, b);
  return {d - std::hypot(b.rate() - wb.low, wa.high - a.rate()), d + std::hypot(wb.high - b.rate(), a.rate() - wa.low)};
}

Interval agresti_caffo(const Proportion& a, const Proportion& b, double alpha) noexcept {
  return wald({a.conversions + 1, a.units + 2}, {b.conversions + 1, b.units + 2}, alpha);
}

Interval katz(const Proportion& a, const Proportion& b, double alpha) noexcept {
  const Cells ca = cells(a);
  const Cells cb = cells(b);
  if (ca.x <= 0 || cb.x <= 0) return {};
  const double centre = std::log(cb.x / cb.n) - std::log(ca.x / ca.n);
  const double half = normal_upper_quantile(alpha / 2) * std::sqrt(ca.f / ca.n / ca.x + cb.f / cb.n / cb.x);
  return {std::exp(centre - half), std::exp(centre + half)};
}

OddsRatio woolf(const Proportion& a, const Proportion& b, double alpha) noexcept {
  const Cells ca = cells(a);
  const Cells cb = cells(b);
  if (ca.x <= 0 || ca.f <= 0 || cb.x <= 0 || cb.f <= 0) return {};
  const double odds = cb.x / cb.f * (ca.f / ca.x);
  const double half = normal_upper_quantile(alpha / 2) * std::sqrt(1 / ca.x + 1 / ca.f + 1 / cb.x + 1 / cb.f);
  return {odds, {odds * std::exp(-half), odds * std::exp(half)}};
}

}  // namespace touchstone::stats
