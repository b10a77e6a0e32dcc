#pragma once

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// Two conversion rates at one look: tests, and the textbook intervals for each arm, difference, risk ratio, odds
/// ratio.
namespace touchstone::stats {

struct ProportionTest {
  Status status = Status::no_data;  ///< insufficient_data: an empty arm. z is undefined where its standard error is 0.
  double rate_a = undefined;
  double rate_b = undefined;
  double difference = undefined;  ///< rate_b - rate_a, formed from exact integers
  double z_pooled = undefined;    ///< se under "no difference": p(1-p)(1/nA + 1/nB)
  Tail pooled;                    ///< two-sided; the default test
  Tail pooled_greater;            ///< evidence for B above A
  double se_unpooled = undefined;
  double z_unpooled = undefined;
  Tail unpooled;
};
[[nodiscard]] ProportionTest compare(const Proportion& a, const Proportion& b) noexcept;

/// One arm: Wilson 1927 score interval; Clopper-Pearson 1934 exact interval.
[[nodiscard]] Interval wilson(const Proportion& arm, double alpha) noexcept;
[[nodiscard]] Interval clopper_pearson(const Proportion& arm, double alpha) noexcept;

/// Difference: Wald collapses at 0 or n and is for comparison with other tools only; Newcombe 1998 method 10 (hybrid
/// score); Agresti and Caffo 2000.
[[nodiscard]] Interval wald(const Proportion& a, const Proportion& b, double alpha) noexcept;
[[nodiscard]] Interval newcombe(const Proportion& a, const Proportion& b, double alpha) noexcept;
[[nodiscard]] Interval agresti_caffo(const Proportion& a, const Proportion& b, double alpha) noexcept;

/// Risk ratio by Katz 1978; undefined with a zero count.
[[nodiscard]] Interval katz(const Proportion& a, const Proportion& b, double alpha) noexcept;

/// Odds ratio with Woolf's 1955 interval; undefined with a zero cell.
struct OddsRatio {
  double estimate = undefined;
  Interval interval;
};
[[nodiscard]] OddsRatio woolf(const Proportion& a, const Proportion& b, double alpha) noexcept;

/// The arm's rate as a mean with its variance p(1-p)/n (divisor n).
[[nodiscard]] ArmMean arm_mean(const Proportion& arm) noexcept;

}  // namespace touchstone::stats
