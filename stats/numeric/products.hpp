#pragma once

#include <cmath>

namespace touchstone::stats {

/// a b - c d to within two roundings, however much cancels (Kahan's method with fused multiply-add).
[[nodiscard]] inline double difference_of_products(double a, double b, double c, double d) noexcept {
  const double cd = c * d;
  const double error = std::fma(-c, d, cd);
  return std::fma(a, b, -cd) + error;
}

}  // namespace touchstone::stats
