#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.hpp"

/// How long customers stay, where some are still there: times to an event with right censoring.
namespace touchstone::stats {

/// One customer: the time until the event, or until the last moment at which it was known not to have happened. Any
/// unit, above or equal to zero.
struct Lifetime {
  double time = 0;
  bool ended = false;  ///< the event was seen; else censored
};

/// A time at which something ended, with everybody who was still under observation just before it. Who is censored at
/// the same time counts as still there (the usual convention).
struct Ending {
  double time = 0;
  std::int64_t at_risk = 0;
  std::int64_t ended = 0;
};
/// The times of events in order, each once.
[[nodiscard]] std::vector<Ending> endings(std::span<const Lifetime> lifetimes);

/// The curve from one of its times up to the next.
struct SurvivalStep {
  Ending ending;
  double survival = 1;  ///< share that goes on beyond the time
  double se = 0;        ///< by Greenwood's formula
  Interval interval;    ///< pointwise, from ln(-ln S): within [0, 1] at every size
};

/// Kaplan and Meier 1958: S(t) = prod over events up to t of (1 - d/Y); variance S^2 sum d/(Y (Y - d)) (Greenwood
/// 1926); interval S^exp(-+z s/|ln S|) with s the standard error of ln S (Kalbfleisch and Prentice 1980, section 1.3).
/// Holds where censoring tells nothing about the time to come. Before the first step everybody survives.
[[nodiscard]] std::vector<SurvivalStep> kaplan_meier(std::span<const Lifetime> lifetimes, double alpha);
/// The step in force at `time`; before the first event one of survival 1 with an unknown interval.
[[nodiscard]] SurvivalStep survival_at(std::span<const SurvivalStep> curve, double time);

/// The earliest time at which no more than 1 - q of the customers are left, with the interval between the times at
/// which the curve's limits get there (Brookmeyer and Crowley 1982); infinite where they never do.
struct SurvivalQuantile {
  double time = infinity;
  Interval interval{infinity, infinity};
};
[[nodiscard]] SurvivalQuantile survival_quantile(std::span<const SurvivalStep> curve, double q);

}  // namespace touchstone::stats
