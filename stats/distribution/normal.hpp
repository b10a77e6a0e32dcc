#pragma once

#include "stats/estimate.hpp"

namespace touchstone::stats {

[[nodiscard]] double normal_density(double z) noexcept;

/// P(Z > z), right to the last digit in both tails; log10 beyond the range of doubles.
[[nodiscard]] Tail normal_upper(double z) noexcept;
/// P(|Z| > |z|).
[[nodiscard]] Tail normal_two_sided(double z) noexcept;
/// ln P(Z <= z).
[[nodiscard]] double normal_log_lower(double z) noexcept;
/// z with P(Z > z) = q, 0 < q < 1.
[[nodiscard]] double normal_upper_quantile(double q) noexcept;
/// E max(Z - z, 0) = phi(z) - z P(Z > z), with its log10 (field names of Tail: .p is the loss).
[[nodiscard]] Tail normal_unit_loss(double z) noexcept;

}  // namespace touchstone::stats
