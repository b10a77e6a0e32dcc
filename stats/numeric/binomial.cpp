#include "stats/numeric/binomial.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/estimate.hpp"
#include "stats/numeric/stirling.hpp"

namespace touchstone::stats {

double deviance(double x, double mean) noexcept {
  if (x == 0) return mean;
  const double gap = x - mean;
  if (std::abs(gap) >= 0.1 * (x + mean)) return x * std::log(x / mean) - gap;
  const double v = gap / (x + mean);
  double sum = gap * v;
  double power = 2 * x * v;
  for (int k = 1;; ++k) {
    power *= v * v;
    const double next = sum + power / (2 * k + 1);
    if (next == sum) return next;
    sum = next;
  }
}

double binomial_log_pmf(double x, double n, double p, double q) noexcept {
  if (x < 0 || x > n) return -infinity;
  if (x == 0) return p < 0.1 ? n * std::log1p(-p) : n * std::log(q);
  if (x == n) return q < 0.1 ? n * std::log1p(-q) : n * std::log(p);
  const double correction = stirling_remainder(n) - stirling_remainder(x) - stirling_remainder(n - x);
  const double scale = 0.5 * std::log(n / (2 * std::numbers::pi * x * (n - x)));
  return correction - deviance(x, n * p) - deviance(n - x, n * q) + scale;
}

double log_add(double a, double b) noexcept {
  const double top = std::max(a, b);
  return std::isinf(top) ? top : top + std::log1p(std::exp(std::min(a, b) - top));
}

}  // namespace touchstone::stats
