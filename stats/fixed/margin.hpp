#pragma once

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// One-sided tests against a margin fixed before the start. Non-inferiority: H0 says that the change is at least
/// `margin` to the worse. Equivalence: two one-sided tests (Schuirmann 1987).
struct MarginTest {
  Tail non_inferior;
  double p_superior = undefined;
  double p_equivalent = undefined;  ///< the larger of the two one-sided p
  Interval interval;                ///< at level 1 - 2 alpha, which belongs to both tests at alpha
  bool is_non_inferior = false;
  bool is_equivalent = false;
};
[[nodiscard]] MarginTest margin_test(double difference, double se, double margin, double alpha,
                                     bool higher_is_better) noexcept;

}  // namespace touchstone::stats
