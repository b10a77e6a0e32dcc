#pragma once

#include <cstdint>

#include "stats/estimate.hpp"

/// A quantile of events that come in clusters (users): Deng, Knoblich and Lu 2018; Yao, Li and Lu 2024.
namespace touchstone::stats {

/// The order statistics whose values bracket the quantile: n (q -+ z sqrt(q (1-q)/n)), z = 1.96.
struct RankInterval {
  double lower = undefined;
  double upper = undefined;
};
[[nodiscard]] RankInterval quantile_ranks(double quantile, std::int64_t events) noexcept;

/// What is known of the users: s = a user's events below the quantile, n = a user's events.
struct QuantileClusters {
  std::int64_t clusters = 0;
  std::int64_t events = 0;
  std::int64_t below = 0;  ///< sum of s
  double var_s = undefined;
  double var_n = undefined;
  double cov_sn = undefined;
};

struct QuantileError {
  Status status = Status::no_data;
  double se_independent = undefined;  ///< as if events were independent
  double var_share = undefined;       ///< of the share of events below, over clusters
  double design_effect = undefined;
  double se = undefined;  ///< se_independent * sqrt(design_effect)
};
/// `at_ranks`: the values at quantile_ranks.
[[nodiscard]] QuantileError quantile_error(double quantile, const Interval& at_ranks,
                                           const QuantileClusters& of) noexcept;

}  // namespace touchstone::stats
