#include "stats/fixed/score.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/numeric/root.hpp"

namespace touchstone::stats {
namespace {

double clamp_rate(double p) noexcept { return std::clamp(p, 0.0, 1.0); }

// Of pB - factor pA.
double variance_of(const ConstrainedRates& p, const ProportionStratum& s, double factor) noexcept {
  return factor * factor * p.a * (1 - p.a) / s.a.count() + p.b * (1 - p.b) / s.b.count();
}

double weight_of(const ProportionStratum& s) noexcept { return harmonic_weight(s.a.units, s.b.units); }

// The contrast pB - factor pA - shift summed over strata, over the root of its variance at the null values that
// `constrain` imposes on each stratum.
template <class Constrain>
double score_z(std::span<const ProportionStratum> strata, double factor, double shift,
               const Constrain& constrain) noexcept {
  double numerator = 0;
  double variance = 0;
  for (const ProportionStratum& s : strata) {
    const double w = weight_of(s);
    if (w == 0) continue;
    numerator += w * (s.b.rate() - factor * s.a.rate() - shift);
    variance += w * w * variance_of(constrain(s), s, factor);
  }
  return numerator / std::sqrt(variance);
}

// A z that is 0/0 sits exactly on its null value; one that is x/0 is infinitely far from it.
double signed_gap(double z, double target) noexcept { return std::isnan(z) ? -target : z - target; }

// The largest root of the cubic by the trigonometric formula, in the scale of the coefficients (Miettinen and Nurminen
// 1985, appendix); then two Newton steps, which the formula needs where roots nearly coincide.
double constrained_rate_a(double x_a, double n_a, double x_b, double n_b, double d) noexcept {
  const double n = n_a + n_b;
  const double c2 = -(x_a + x_b) - n_a * (1 - 2 * d) + n_b * d - n_b;
  const double c1 = x_a * (1 - 2 * d) - n_a * d * (1 - d) + x_b - n_b * d;
  const double c0 = x_a * d * (1 - d);
  const double b = c2 / (3 * n);
  const double q = b * b * b - c1 * c2 / (6 * n * n) + c0 / (2 * n);
  const double p = std::copysign(std::sqrt(std::max(0.0, b * b - c1 / (3 * n))), q);
  if (p == 0) return -b;
  const double angle = (std::numbers::pi + std::acos(std::clamp(q / (p * p * p), -1.0, 1.0))) / 3;
  double root = 2 * p * std::cos(angle) - b;
  for (int i = 0; i < 2; ++i) {
    const double slope = (3 * n * root + 2 * c2) * root + c1;
    if (slope != 0) root -= (((n * root + c2) * root + c1) * root + c0) / slope;
  }
  return root;
}

bool informative(std::span<const ProportionStratum> strata) noexcept {
  return std::any_of(strata.begin(), strata.end(), [](const auto& s) { return weight_of(s) > 0; });
}

}  // namespace

ConstrainedRates constrained_to_difference(const ProportionStratum& s, double d) noexcept {
  const auto x_a = static_cast<double>(s.a.conversions);
  const auto x_b = static_cast<double>(s.b.conversions);
  if (d == 0) {
    const double p = (x_a + x_b) / (s.a.count() + s.b.count());
    return {p, p};
  }
  const double root = constrained_rate_a(x_a, s.a.count(), x_b, s.b.count(), d);
  const double p = std::clamp(root, std::max(0.0, -d), std::min(1.0, 1 - d));
  return {p, clamp_rate(p + d)};
}

ConstrainedRates constrained_to_ratio(const ProportionStratum& s, double r) noexcept {
  const auto x_a = static_cast<double>(s.a.conversions);
  const auto x_b = static_cast<double>(s.b.conversions);
  const double leading = (s.a.count() + s.b.count()) * r;
  const double linear = s.a.count() + r * s.b.count() + x_b + r * x_a;
  const double total = x_a + x_b;
  const double root = std::sqrt(std::max(0.0, linear * linear - 4 * leading * total));
  const double p = 2 * total / (linear + root);
  return {clamp_rate(p), clamp_rate(r * p)};
}

ConstrainedRates standardised_rates(std::span<const ProportionStratum> strata) noexcept {
  ConstrainedRates sum{0, 0};
  double total = 0;
  for (const ProportionStratum& s : strata) {
    const double w = weight_of(s);
    if (w == 0) continue;
    sum.a += w * s.a.rate();
    sum.b += w * s.b.rate();
    total += w;
  }
  return {sum.a / total, sum.b / total};
}

double score_z_difference(std::span<const ProportionStratum> strata, double difference) noexcept {
  return score_z(strata, 1, difference, [&](const auto& s) { return constrained_to_difference(s, difference); });
}

double score_z_ratio(std::span<const ProportionStratum> strata, double ratio) noexcept {
  return score_z(strata, ratio, 0, [&](const auto& s) { return constrained_to_ratio(s, ratio); });
}

Interval score_interval_difference(std::span<const ProportionStratum> strata, double critical) {
  if (!informative(strata)) return {};
  const ConstrainedRates rates = standardised_rates(strata);
  const double centre = rates.b - rates.a;
  const auto gap = [&](double target) {
    return [&, target](double d) { return signed_gap(score_z_difference(strata, d), target); };
  };
  const Interval whole{-1, 1};
  const double low = gap(critical)(whole.low) <= 0 ? whole.low : bracketed_root(gap(critical), whole.low, centre);
  const double high = gap(-critical)(whole.high) >= 0 ? whole.high : bracketed_root(gap(-critical), centre, whole.high);
  return {low, high};
}

Interval score_interval_ratio(std::span<const ProportionStratum> strata, double critical) {
  if (!informative(strata)) return {};
  const ConstrainedRates rates = standardised_rates(strata);
  if (rates.a == 0 && rates.b == 0) return {0, infinity};
  const auto gap = [&](double target) {
    return [&, target](double log_ratio) { return signed_gap(score_z_ratio(strata, std::exp(log_ratio)), target); };
  };
  constexpr double farthest = 300;  // a ratio whose square is still a double
  const double centre = rates.a == 0 ? farthest : rates.b == 0 ? -farthest : std::log(rates.b / rates.a);
  const double low = rates.b == 0 ? 0 : std::exp(bracketed_root(gap(critical), -farthest, centre));
  const double high = rates.a == 0 ? infinity : std::exp(bracketed_root(gap(-critical), centre, farthest));
  return {low, high};
}

}  // namespace touchstone::stats
