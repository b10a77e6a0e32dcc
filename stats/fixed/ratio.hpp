#pragma once

#include "stats/fixed/lift.hpp"
#include "stats/fixed/z_test.hpp"
#include "stats/moments.hpp"

namespace touchstone::stats {

/// A ratio metric of one arm: sum y / sum x over users (orders per session, revenue per order). By the delta method
/// over users, which are what was randomised: var R = (var y - 2 R cov + R^2 var x)/(n mean(x)^2) (Deng, Knoblich, Lu
/// 2018).
struct Ratio {
  Status status = Status::no_data;  ///< insufficient_data below two users, zero_denominator
  double ratio = undefined;
  double variance = undefined;
  double rest = undefined;  ///< what rounding left out of the ratio
};
[[nodiscard]] Ratio ratio_of(const PairMoments& arm) noexcept;

struct RatioComparison {
  Status status = Status::no_data;
  Ratio a;
  Ratio b;
  ZTest difference;
  Lift lift;  ///< delta method; undefined where the control ratio is 0
};
[[nodiscard]] RatioComparison compare_ratios(const PairMoments& a, const PairMoments& b, double alpha) noexcept;

/// The values y - R x of one arm for a common R: a ratio metric as a mean, for methods that need moments.
[[nodiscard]] Moments linearised(const PairMoments& arm, double ratio) noexcept;

/// The exact sums of two amounts over the units of one arm: those of a ratio, or a value and its covariate.
struct RatioSums {
  Sums y;
  Sums x;
  CrossSums cross;

  void merge(const RatioSums& other) noexcept;
  friend bool operator==(const RatioSums&, const RatioSums&) = default;
};

/// The values y - slope x of one arm with third moments, each formed from the exact sums.
[[nodiscard]] Moments linearised(const RatioSums& arm, double slope, int decimals_y, int decimals_x) noexcept;

/// One arm's ratio R as the mean of values that its units have: R + (y - R x)/mean(x), whose variance is that of the
/// delta method. What compares means then compares ratios. Without units where the denominator is 0.
[[nodiscard]] Moments ratio_values(const RatioSums& arm, int decimals_y, int decimals_x) noexcept;

}  // namespace touchstone::stats
