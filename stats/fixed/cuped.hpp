#pragma once

#include "stats/fixed/lift.hpp"
#include "stats/fixed/z_test.hpp"
#include "stats/moments.hpp"

/// Regression on a covariate from before the experiment (Deng, Xu, Kohavi, Walker 2013; Lin 2013): y - theta (x - mean
/// x). The covariate must be strictly earlier than the exposure. Users without history carry x = 0; with many of them
/// add a flag as a second covariate rather than drop them.
namespace touchstone::stats {

/// ANCOVA slope: within-arm cross products over within-arm squares. 0 where x does not vary.
[[nodiscard]] double slope_within_arms(const PairMoments& a, const PairMoments& b) noexcept;
/// Slope over all users, ignoring the arm; what some other tools use.
[[nodiscard]] double slope_over_all(const PairMoments& a, const PairMoments& b) noexcept;
/// Slope within one arm.
[[nodiscard]] double slope_of(const PairMoments& arm) noexcept;

struct AdjustedArm {
  double mean = undefined;      ///< mean y - theta (mean x - mean x over both arms)
  double variance = undefined;  ///< of a user's adjusted value
};

struct Adjusted {
  Status status = Status::no_data;
  AdjustedArm a;
  AdjustedArm b;
  ZTest difference;
  Lift lift;  ///< difference over the unadjusted control mean; delta method with their covariance
};
/// One slope for both arms is slope_within_arms; arm-specific slopes (Lin) stay right where the arms' slopes differ.
[[nodiscard]] Adjusted adjust(const PairMoments& a, const PairMoments& b, double theta_a, double theta_b,
                              double alpha) noexcept;

/// Sum of squares of y - slope x around its mean, without cancellation where the two are close.
[[nodiscard]] double residual_m2(const PairMoments& arm, double slope) noexcept;

/// 1 - (adjusted se / unadjusted se)^2.
[[nodiscard]] double variance_reduction(const PairMoments& a, const PairMoments& b, const Adjusted& adjusted) noexcept;

}  // namespace touchstone::stats
