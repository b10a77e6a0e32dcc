#pragma once

namespace touchstone::stats {

/// ln of the binomial probability of x in n at p (q = 1 - p), by Loader's saddle-point expansion (2000): full precision
/// at any n, where differences of log-factorials lose theirs.
[[nodiscard]] double binomial_log_pmf(double x, double n, double p, double q) noexcept;

/// x ln(x/mean) + mean - x >= 0, without cancellation where x is near the mean; x >= 0, mean > 0.
[[nodiscard]] double deviance(double x, double mean) noexcept;

/// ln(exp(a) + exp(b)).
[[nodiscard]] double log_add(double a, double b) noexcept;

}  // namespace touchstone::stats
