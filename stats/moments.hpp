#pragma once

#include <cstdint>
#include <span>

#include "stats/estimate.hpp"
#include "stats/exact_sum.hpp"

namespace touchstone::stats {

/// Centred moments of one arm: m2 = sum (y - mean)^2, m3 = sum (y - mean)^3, in the metric's unit. m3 is undefined
/// where it was never known (aggregates typed in).
struct Moments {
  std::int64_t n = 0;
  double mean = 0;
  double m2 = 0;
  double m3 = 0;
  double mean_rest = 0;  ///< what rounding left out of the mean; matters where means are large and close

  [[nodiscard]] double count() const noexcept { return static_cast<double>(n); }
  /// Sample variance m2/(n-1); undefined below two units.
  [[nodiscard]] double variance() const noexcept { return n < 2 ? undefined : m2 / (count() - 1); }
  /// Variance of the mean, variance()/n.
  [[nodiscard]] double mean_variance() const noexcept { return variance() / count(); }
};

/// mean b - mean a, to full precision.
[[nodiscard]] double mean_difference(const Moments& a, const Moments& b) noexcept;

/// Centred moments of two amounts of the same units: x is the covariate (CUPED) or the denominator (ratio).
struct PairMoments {
  Moments y;
  Moments x;
  double cxy = 0;  ///< sum (x - mean x)(y - mean y)
};

/// The moments of an exact cell: each figure is formed in integers and rounded once, e.g. m2 = (n S2 - S1^2)/(n 10^2d).
[[nodiscard]] Moments moments(const Sums& sums, int decimals) noexcept;
[[nodiscard]] PairMoments moments(const PairSums& sums, int decimals_y, int decimals_x) noexcept;

/// The moments of raw doubles: exact sum, then deviations from it with the rounding of the mean taken out again.
[[nodiscard]] Moments moments(std::span<const double> values);

/// Moments of two disjoint groups together (Chan, Golub, LeVeque 1983; third order: Pebay 2008). For input that arrives
/// as aggregates; cells of events are merged exactly, as Sums.
[[nodiscard]] Moments merge(const Moments& a, const Moments& b) noexcept;

/// A group's moments after adding `shift` to each value, or after multiplying each value by `factor`.
[[nodiscard]] Moments shifted(Moments group, double shift) noexcept;
[[nodiscard]] Moments scaled(Moments group, double factor) noexcept;

}  // namespace touchstone::stats
