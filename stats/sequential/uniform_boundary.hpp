#pragma once

#include <cstdint>

#include "stats/estimate.hpp"

/// Boundaries that a sum S with intrinsic time V crosses at any time with probability at most alpha (Howard, Ramdas,
/// McAuliffe and Sekhon 2021; quantiles: Howard and Ramdas 2022). For bounded means, counts and plans of other tools.
namespace touchstone::stats {

/// Where a mixture is tightest: at intrinsic time v_opt for level alpha_opt.
struct MixtureTuning {
  double v_opt = 1;
  double alpha_opt = 0.05;
};

/// Sub-Gaussian sums, closed form.
[[nodiscard]] double normal_mixture_bound(double v, double alpha, const MixtureTuning& tuning) noexcept;
[[nodiscard]] double normal_mixture_bound_one_sided(double v, double alpha, const MixtureTuning& tuning);
/// Sub-exponential sums with scale c (bounded from one side, e.g. empirical Bernstein).
[[nodiscard]] double gamma_exponential_bound(double v, double alpha, double c, const MixtureTuning& tuning);
/// Sub-Poisson sums with jumps up to c.
[[nodiscard]] double gamma_poisson_bound(double v, double alpha, double c, const MixtureTuning& tuning);
/// Sub-Bernoulli sums: increments between -g and h, one-sided.
[[nodiscard]] double beta_binomial_bound(double v, double alpha, double g, double h, const MixtureTuning& tuning);

/// Polynomial stitching: valid from v_min on, rate of the law of the iterated logarithm.
struct Stitching {
  double c = 0;    ///< scale of the increments
  double s = 1.4;  ///< how the error is spread over epochs
  double eta = 2;  ///< ratio of neighbouring epochs
};
[[nodiscard]] double stitching_bound(double v, double alpha, double v_min, const Stitching& stitching) noexcept;

/// Uniform over time and quantiles: how far the count below the p-quantile may run from t p.
[[nodiscard]] double double_stitching_bound(double p, double t, double alpha, double t_opt, double delta,
                                            const Stitching& stitching) noexcept;

/// Confidence sequence for the mean of values in [0, 1] (two-sided beta-binomial mixture): `successes` may be a sum of
/// fractions.
[[nodiscard]] Interval bernoulli_interval(double successes, std::int64_t n, double alpha, double t_opt);

}  // namespace touchstone::stats
