#include "stats/planning/power.hpp"

#include <cmath>
#include <cstdint>

#include <boost/math/distributions/non_central_t.hpp>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/policy.hpp"
#include "stats/distribution/student.hpp"
#include "stats/fixed/score.hpp"
#include "stats/numeric/root.hpp"

namespace touchstone::stats {
namespace {

using NoncentralT = boost::math::non_central_t_distribution<double, Quiet>;

double square(double value) noexcept { return value * value; }
double variance(double p) noexcept { return p * (1 - p); }

// z of the two-sided level plus z of the power.
double both_quantiles(double power, double alpha) noexcept {
  return normal_upper_quantile(alpha / 2) + normal_upper_quantile(1 - power);
}

// Expected counts of a study so large that rounding them changes nothing.
Proportion expected(double rate) noexcept {
  constexpr std::int64_t many = 1'000'000'000'000;
  return {std::llround(rate * static_cast<double>(many)), many};
}

}  // namespace

double drift_per_effect(double n_a, double n_b) noexcept { return std::sqrt(n_a / (n_a + n_b) * n_b); }

ZPower power_z(double effect, double n_a, double n_b, double alpha) noexcept {
  const double critical = normal_upper_quantile(alpha / 2);
  const double drift = std::abs(effect) * drift_per_effect(n_a, n_b);
  const double wrong = normal_upper(critical + drift).p;
  const double power = normal_upper(critical - drift).p + wrong;
  return {power, wrong / power};
}

double power_at_bound(double effect, double n_a, double n_b, double critical) noexcept {
  const double drift = std::abs(effect) * drift_per_effect(n_a, n_b);
  return normal_upper(critical - drift).p + normal_upper(critical + drift).p;
}

double power_t(double effect, double n_a, double n_b, double alpha) noexcept {
  const double df = n_a + n_b - 2;
  const double critical = student_upper_quantile(alpha / 2, df);
  const NoncentralT law(df, std::abs(effect) * drift_per_effect(n_a, n_b));
  return boost::math::cdf(boost::math::complement(law, critical)) + boost::math::cdf(law, -critical);
}

double size_means_normal(double effect, double power, double alpha, double ratio) noexcept {
  return square(both_quantiles(power, alpha) / effect) * (1 + 1 / ratio);
}

double size_means_t(double effect, double power, double alpha, double ratio) {
  const double normal = size_means_normal(effect, power, alpha, ratio);
  const auto gap = [&](double n_a) { return power_t(effect, n_a, n_a * ratio, alpha) - power; };
  return bracketed_root(gap, std::fmax(normal, 2 / std::fmin(1.0, ratio)), normal + 20 + 20 / ratio, 1e-12);
}

double size_rates_unpooled(double p_a, double p_b, double power, double alpha) noexcept {
  return square(both_quantiles(power, alpha) / (p_b - p_a)) * (variance(p_a) + variance(p_b));
}

double size_rates_pooled(double p_a, double p_b, double power, double alpha) noexcept {
  const double under_null = normal_upper_quantile(alpha / 2) * std::sqrt(2 * variance((p_a + p_b) / 2));
  const double under_effect = normal_upper_quantile(1 - power) * std::sqrt(variance(p_a) + variance(p_b));
  return square((under_null + under_effect) / (p_b - p_a));
}

double size_rates_arcsine(double p_a, double p_b, double power, double alpha) noexcept {
  const double h = 2 * (std::asin(std::sqrt(p_b)) - std::asin(std::sqrt(p_a)));
  return 2 * square(both_quantiles(power, alpha) / h);
}

double size_rates_non_inferior(double p_a, double p_b, double margin, double power, double alpha) noexcept {
  const ConstrainedRates null = constrained_to_difference({expected(p_a), expected(p_b)}, margin);
  const double under_null = normal_upper_quantile(alpha) * std::sqrt(variance(null.a) + variance(null.b));
  const double under_effect = normal_upper_quantile(1 - power) * std::sqrt(variance(p_a) + variance(p_b));
  return 2 * square((under_null + under_effect) / (p_b - p_a - margin));
}

double detectable_rise(double p_a, double n_per_arm, double power, double alpha) {
  const auto gap = [&](double rise) { return size_rates_unpooled(p_a, p_a + rise, power, alpha) - n_per_arm; };
  return bracketed_root(gap, 1e-12, 1 - p_a, 1e-14);
}

}  // namespace touchstone::stats
