#pragma once

#include <cstdint>

#include "stats/posterior.hpp"

/// Counts of events per unit of exposure: rates with gamma posteriors, and the exact conditional test of two of them.
namespace touchstone::stats {

/// Posterior of a rate: Gamma(shape, rate).
struct GammaPosterior {
  double shape = 1;
  double rate = 1;

  [[nodiscard]] double mean() const noexcept { return shape / rate; }
};
[[nodiscard]] GammaPosterior posterior(std::int64_t events, double exposure, const GammaPosterior& prior) noexcept;

/// Closed forms: P(B > A) = I_x(shape A, shape B) with x = rate A/(rate A + rate B); losses from the same tail and the
/// density there.
[[nodiscard]] PosteriorComparison compare(const GammaPosterior& a, const GammaPosterior& b) noexcept;

/// Given the total, events of B are binomial with the share of exposure, whatever the common rate or its drift.
struct RateTest {
  Status status = Status::no_data;
  Tail greater;  ///< evidence for B above A
  Tail less;
  double p_two_sided = undefined;  ///< min(1, 2 min)
};
[[nodiscard]] RateTest compare_rates(std::int64_t events_a, double exposure_a, std::int64_t events_b,
                                     double exposure_b) noexcept;

/// ln of an e-value that is valid at every look at two event streams: beta mixture Beta(c q, c (1-q)) over B's share of
/// events against q, B's share of exposure.
[[nodiscard]] double rates_log_e(std::int64_t events_a, double exposure_a, std::int64_t events_b, double exposure_b,
                                 double concentration) noexcept;

}  // namespace touchstone::stats
