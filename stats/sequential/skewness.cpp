#include "stats/sequential/skewness.hpp"

#include <cmath>

namespace touchstone::stats {

double skewness_corrected(double z, double g) noexcept {
  if (std::abs(g) < 1e-6) return z;
  return 6 / g * (std::cbrt(1 + g * z / 2) - 1) + g / 6;
}

double wallace_z(double t, double df) noexcept {
  return std::copysign((8 * df + 1) / (8 * df + 3) * std::sqrt(df * std::log1p(t * t / df)), t);
}

}  // namespace touchstone::stats
