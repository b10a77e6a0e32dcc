#pragma once

#include <span>

#include "stats/estimate.hpp"
#include "stats/survival/lifetime.hpp"

/// Whether treatment B keeps customers longer than control A, over the whole time watched.
namespace touchstone::stats {

/// Customers who may be compared with each other: a phase, a plan, an entry cohort.
struct SurvivalStratum {
  std::span<const Lifetime> a;
  std::span<const Lifetime> b;
};

/// Log-rank test (Mantel 1966): at each event time the number that ended in B is hypergeometric given the margins.
/// Level alpha at one look; most powerful where one hazard is a constant multiple of the other, weak where curves
/// cross.
struct LogRank {
  Status status = Status::no_data;
  double observed = 0;  ///< endings in B
  double expected = 0;  ///< of them if the arms were alike
  double variance = 0;
  double z = undefined;  ///< above zero: more ended in B than expected
  Tail two_sided;
};
[[nodiscard]] LogRank log_rank(std::span<const SurvivalStratum> strata);

/// How many times the hazard of A customers in B stand under, by Cox's partial likelihood with the arm as only
/// covariate (Cox 1972), ties by Efron 1977, a baseline per stratum. p is the score test of "no difference"; the
/// interval inverts the same score test U(b)^2/I(b) <= z^2, so it excludes 1 exactly when p <= alpha and has a finite
/// end even where one arm saw no event. Assumes that the ratio is the same all the time.
struct HazardRatio {
  Status status = Status::no_data;
  double log_ratio = undefined;  ///< infinite where one arm alone had events
  double log_se = undefined;     ///< 1/sqrt of the information at the estimate
  double ratio = undefined;
  Interval interval;  ///< of the ratio
  double p = undefined;
  double log10_p = undefined;
};
[[nodiscard]] HazardRatio hazard_ratio(std::span<const SurvivalStratum> strata, double alpha);

}  // namespace touchstone::stats
