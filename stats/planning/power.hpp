#pragma once

/// Power, sample size and smallest detectable effect of fixed-horizon tests. Sizes are not rounded. "effect" is the
/// difference in standard deviations of a unit; alpha is two-sided unless said otherwise.
namespace touchstone::stats {

/// Two arms' sizes as one: sqrt(nA nB/(nA + nB)), the drift of z per standard deviation of effect.
[[nodiscard]] double drift_per_effect(double n_a, double n_b) noexcept;

struct ZPower {
  double power = 0;
  double type_s = 0;  ///< P(wrong sign | declared): Gelman and Carlin 2014
};
[[nodiscard]] ZPower power_z(double effect, double n_a, double n_b, double alpha) noexcept;
/// With the variance estimated: noncentral t, pooled degrees of freedom.
[[nodiscard]] double power_t(double effect, double n_a, double n_b, double alpha) noexcept;
/// At one look with a given critical value (e.g. of a confidence sequence).
[[nodiscard]] double power_at_bound(double effect, double n_a, double n_b, double critical) noexcept;

/// Units of arm A; arm B has `ratio` times as many.
[[nodiscard]] double size_means_normal(double effect, double power, double alpha, double ratio) noexcept;
[[nodiscard]] double size_means_t(double effect, double power, double alpha, double ratio);

/// Units per arm for two rates: unpooled Wald; pooled under the null (what the z test does); variance-stabilised
/// (arcsine, Cohen's h).
[[nodiscard]] double size_rates_unpooled(double p_a, double p_b, double power, double alpha) noexcept;
[[nodiscard]] double size_rates_pooled(double p_a, double p_b, double power, double alpha) noexcept;
[[nodiscard]] double size_rates_arcsine(double p_a, double p_b, double power, double alpha) noexcept;
/// Total of two equal arms for non-inferiority at one-sided alpha: p_b - p_a above `margin` (< 0); null variance at the
/// rates constrained to it (Farrington and Manning 1990).
[[nodiscard]] double size_rates_non_inferior(double p_a, double p_b, double margin, double power,
                                             double alpha) noexcept;

/// The smallest rise p_b - p_a that has this power (unpooled).
[[nodiscard]] double detectable_rise(double p_a, double n_per_arm, double power, double alpha);

}  // namespace touchstone::stats
