#pragma once

#include <span>

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// The comparisons that a report shows: stratified, with absolute and relative change from one rule. With one stratum
/// each equals its textbook form exactly (welch.hpp, proportion.hpp, confidence_sequence.hpp).
namespace touchstone::stats {

/// Fixed horizon, means: Welch t on the difference; relative interval by Fieller with the same t quantile, unbounded
/// where the control mean is not clearly away from zero. Satterthwaite df over strata.
[[nodiscard]] Effect compare_means(std::span<const MeanStratum> strata, double alpha);

/// Fixed horizon, proportions: pooled z test (for strata: Cochran-Mantel-Haenszel without correction); intervals by
/// inverting the same score test (difference: Mee 1984; ratio: Koopman 1984; strata: Gart and Nam 1988). Counts of 0 or
/// n still give an answer; the same rate of 0 or 1 in both arms is zero_variance with an interval but no p.
[[nodiscard]] Effect compare_proportions(std::span<const ProportionStratum> strata, double alpha);

/// How the plain always-valid interval is tuned, in total units over both arms. It must be fixed before the first look.
struct Tuning {
  double alpha = 0.05;
  double n_star = 10000;  ///< where the interval is narrowest: the planned size, where a plan names one
};

/// Always valid, means: asymptotic confidence sequence (Waudby-Smith et al. 2021) with the larger of the own-variance
/// and the pooled-null standard error, which keeps the promise on unbalanced skewed cells. p is the anytime p at this
/// look; a caller who keeps history reports the running minimum.
[[nodiscard]] Effect always_valid_means(std::span<const MeanStratum> strata, const Tuning& tuning);

/// The same for proportions.
[[nodiscard]] Effect always_valid_proportions(std::span<const ProportionStratum> strata, const Tuning& tuning);

}  // namespace touchstone::stats
