#pragma once

namespace touchstone::stats {

/// A z of a statistic with skewness g, made normal by the Wilson-Hilferty form of Pearson's type III:
/// (6/g)(cbrt(1 + g z/2) - 1) + g/6. Monotone in z.
[[nodiscard]] double skewness_corrected(double z, double g) noexcept;

/// A t with df degrees of freedom as a z (Wallace 1959): sign(t) (8 df + 1)/(8 df + 3) sqrt(df ln(1 + t^2/df)).
[[nodiscard]] double wallace_z(double t, double df) noexcept;

}  // namespace touchstone::stats
