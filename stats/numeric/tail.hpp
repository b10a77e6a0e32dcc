#pragma once

#include <cmath>
#include <numbers>

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// A tail from itself and its complement: near one the logarithm comes from the complement.
[[nodiscard]] inline Tail tail_of(double p, double complement) noexcept {
  return {p, (p < 0.5 ? std::log(p) : std::log1p(-complement) + 0.0) / std::numbers::ln10};
}

/// A tail known only by its natural logarithm.
[[nodiscard]] inline Tail tail_of_log(double log_p) noexcept { return {std::exp(log_p), log_p / std::numbers::ln10}; }

/// min(1, 2 tail).
[[nodiscard]] inline Tail doubled(const Tail& tail) noexcept {
  if (tail.p >= 0.5) return {1, 0};
  return {2 * tail.p, tail.log10_p + std::numbers::ln2 / std::numbers::ln10};
}

/// min(1, exp(-log_e)): the anytime p of an e-value.
[[nodiscard]] inline Tail anytime_p(double log_e) noexcept {
  return log_e <= 0 ? Tail{1, 0} : log_e > 0 ? tail_of_log(-log_e) : Tail{};
}

}  // namespace touchstone::stats
