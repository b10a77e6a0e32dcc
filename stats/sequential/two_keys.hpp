#pragma once

#include <span>

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// The always-valid default for values: two keys from four moments per arm, both against one boundary. Asymptotic,
/// checked by simulation down to four users a look and skewness of several hundred; strata as in strata.hpp. Where arms
/// differ in skewness alone it errs more often (lognormal 1.5 against 1.0 at 50/50: 12 %); capping reduces that.
namespace touchstone::stats {

struct Keys {
  Status status = Status::no_data;   ///< zero_variance: no information yet
  double z = undefined;              ///< pooled-null score
  double skewness = undefined;       ///< of random assignment: sum q(1-q)(1-2q) M3 / (sum q(1-q) M2)^1.5
  double skewness_used = undefined;  ///< clamped to +-.5 in the light tail
  double first = undefined;          ///< key 1: z corrected for that skewness
  double second = undefined;         ///< key 2: Welch's t as a z
};
[[nodiscard]] Keys keys(std::span<const MeanStratum> strata) noexcept;

/// Both keys reach the critical value on one side: +1, -1, or 0. Key 1 alone says only that the distribution changed.
[[nodiscard]] int declared(const Keys& keys, double critical) noexcept;

/// All differences d (ratios R) for which the test of "B - d is as A" ("B/R is as A") is not declared: the wider of the
/// two keys at each end; an end that is never reached is infinite. Excludes 0 (1) exactly when the difference is
/// declared.
[[nodiscard]] Interval keys_difference_interval(std::span<const MeanStratum> strata, double critical);
/// Undefined where a standardised mean is not positive.
[[nodiscard]] Interval keys_ratio_interval(std::span<const MeanStratum> strata, double critical);

}  // namespace touchstone::stats
