#include "stats/distribution/gamma.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/gamma.hpp>

#include "stats/distribution/policy.hpp"
#include "stats/numeric/stirling.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

constexpr double tiny = 1e-280;

// ln(x^s e^-x / Gamma(s)) without cancellation at large s.
double log_power(double shape, double x) noexcept {
  const double gap = (x - shape) / shape;
  const double deviance = std::log1p(gap) - gap;
  return shape * deviance + 0.5 * std::log(shape / (2 * std::numbers::pi)) - stirling_remainder(shape);
}

// Q(s,x) Gamma(s) e^x / x^s by Lentz's method (DLMF 8.9.2).
double upper_fraction(double shape, double x) noexcept {
  double b = x + 1 - shape;
  double c = 1e300;
  double d = 1 / b;
  double value = d;
  for (int i = 1; i < 100000; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (std::abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

// P(s,x) Gamma(s) e^x / x^s as a power series; used far below the mean only.
double lower_series(double shape, double x) noexcept {
  double term = 1 / shape;
  double sum = term;
  for (int i = 1; term > sum * 1e-17; ++i) {
    term *= x / (shape + i);
    sum += term;
  }
  return sum;
}

}  // namespace

Tail gamma_lower(double shape, double x) noexcept {
  if (x <= 0) return {0, -infinity};
  const double p = boost::math::gamma_p(shape, x, Quiet());
  if (p < tiny) return tail_of_log(log_power(shape, x) + std::log(lower_series(shape, x)));
  return tail_of(p, boost::math::gamma_q(shape, x, Quiet()));
}

Tail gamma_upper(double shape, double x) noexcept {
  if (x <= 0) return {1, 0};
  const double q = boost::math::gamma_q(shape, x, Quiet());
  if (q < tiny) return tail_of_log(log_power(shape, x) + std::log(upper_fraction(shape, x)));
  return tail_of(q, boost::math::gamma_p(shape, x, Quiet()));
}

Tail chi_square_upper(double x, double df) noexcept { return gamma_upper(0.5 * df, 0.5 * x); }

}  // namespace touchstone::stats
