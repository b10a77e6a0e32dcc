#pragma once

#include <span>

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// Score tests of two conversion rates over strata with harmonic weights. Null values are imposed on the variance, so
/// the test of "no difference" is the pooled z test and its inversion is an interval that never contradicts it.
namespace touchstone::stats {

/// sum w_k (pB_k - pA_k - difference) / sqrt(sum w_k^2 var_k), variances at the constrained maximum likelihood
/// (Mee 1984; strata: Gart and Nam 1988). Undefined where the variance is 0.
[[nodiscard]] double score_z_difference(std::span<const ProportionStratum> strata, double difference) noexcept;

/// sum w_k (pB_k - R pA_k) / sqrt(sum w_k^2 var_k) (Koopman 1984), R >= 0.
[[nodiscard]] double score_z_ratio(std::span<const ProportionStratum> strata, double ratio) noexcept;

/// All differences (ratios) whose |z| <= critical.
[[nodiscard]] Interval score_interval_difference(std::span<const ProportionStratum> strata, double critical);
[[nodiscard]] Interval score_interval_ratio(std::span<const ProportionStratum> strata, double critical);

/// The rates pA, pB = R pA that are most likely given pB/pA = R, closed form.
struct ConstrainedRates {
  double a;
  double b;
};
[[nodiscard]] ConstrainedRates constrained_to_ratio(const ProportionStratum& stratum, double ratio) noexcept;
[[nodiscard]] ConstrainedRates constrained_to_difference(const ProportionStratum& stratum, double difference) noexcept;

/// Weighted rates over strata: sum w pA / sum w and sum w pB / sum w.
[[nodiscard]] ConstrainedRates standardised_rates(std::span<const ProportionStratum> strata) noexcept;

}  // namespace touchstone::stats
