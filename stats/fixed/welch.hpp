#pragma once

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

namespace touchstone::stats {

/// Welch's t test of mB - mA (Welch 1947): se^2 = vA + vB, df = (vA + vB)^2 / (vA^2/(nA-1) + vB^2/(nB-1)), v = s^2/n.
/// Rests on the central limit theorem: about 355 skewness^2 units per arm for honest tails.
struct WelchTest {
  Status status = Status::no_data;  ///< zero_variance: difference and se are known, t is not
  double difference = undefined;
  double se = undefined;
  double t = undefined;
  double df = undefined;
  Tail two_sided;
  Tail greater;  ///< evidence for B above A
  Tail less;
};
[[nodiscard]] WelchTest welch(const Moments& a, const Moments& b);
/// Over strata, see strata.hpp.
[[nodiscard]] WelchTest welch(const ComparedMeans& means);

/// difference -+ t quantile * se.
[[nodiscard]] Interval t_interval(const WelchTest& test, double alpha);

/// estimate -+ z quantile * se.
[[nodiscard]] Interval z_interval(double estimate, double se, double alpha);

}  // namespace touchstone::stats
