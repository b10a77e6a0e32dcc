#pragma once

namespace touchstone::stats {

/// ln Gamma(z) - ((z - 1/2) ln z - z + ln(2 pi)/2): what Stirling's formula leaves out. Differences of log-gammas at
/// large arguments keep all digits when they are written with it.
[[nodiscard]] double stirling_remainder(double z) noexcept;

/// ln n!, by the same formula.
[[nodiscard]] double log_factorial(double n) noexcept;

/// ln(Gamma(a + s)/Gamma(a)) without cancellation at large a.
[[nodiscard]] double log_rising(double a, double s) noexcept;

}  // namespace touchstone::stats
