#pragma once

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// P(X <= x) for X ~ Gamma(shape, rate 1), and P(X > x).
[[nodiscard]] Tail gamma_lower(double shape, double x) noexcept;
[[nodiscard]] Tail gamma_upper(double shape, double x) noexcept;
/// P(X > x) for chi-square with df degrees of freedom.
[[nodiscard]] Tail chi_square_upper(double x, double df) noexcept;

}  // namespace touchstone::stats
