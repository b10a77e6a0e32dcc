#pragma once

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

namespace touchstone::stats {

/// ln P(X = x) for X ~ Hypergeometric: x of the `drawn` special among `marked`, out of `total`. -infinity outside the
/// support. Deviance form: all digits at any size.
[[nodiscard]] double hypergeometric_log_pmf(double x, double total, double marked, double drawn) noexcept;

/// Fisher's exact test given both margins. two_sided sums the tables no likelier than the observed one (relative slack
/// 1e-7, as R does); mid-p counts the observed table half and is less conservative in small cells.
struct FisherTest {
  Status status = Status::no_data;
  Tail two_sided;
  Tail greater;  ///< B converts more
  Tail less;
  double mid_p_two_sided = undefined;  ///< min(1, 2 min(mid-p of either side))
};
[[nodiscard]] FisherTest fisher(const Proportion& a, const Proportion& b);

}  // namespace touchstone::stats
