#include "stats/distribution/student.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include <boost/math/distributions/students_t.hpp>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/policy.hpp"
#include "stats/numeric/stirling.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

using Student = boost::math::students_t_distribution<double, Quiet>;

// The coefficients p_n of DiDonato and Morris (1992), eq. 9.4, for b = 1/2.
constexpr auto coefficients = [] {
  std::array<double, 14> p{1};
  double factorial = 1;  // of 2n + 1
  for (std::size_t n = 1; n < p.size(); ++n) {
    double other = 1;  // factorial of 2m + 1
    for (std::size_t m = 1; m < n; ++m) {
      other *= static_cast<double>(2 * m * (2 * m + 1));
      p[n] += (0.5 * static_cast<double>(m) - static_cast<double>(n)) * p[n - m] / other;
    }
    factorial *= static_cast<double>(2 * n * (2 * n + 1));
    p[n] = p[n] / static_cast<double>(n) - 0.5 / factorial;
  }
  return p;
}();

// Gamma(a + 1/2) / (Gamma(a) sqrt(a - 1/4)): near one.
double gamma_ratio(double a) noexcept {
  return std::exp(a * std::log1p(0.5 / a) - 0.5 - 0.5 * std::log1p(-0.25 / a) + stirling_remainder(a + 0.5) -
                  stirling_remainder(a));
}

// P(|T| > t) by the asymptotic series of DiDonato and Morris (1992), eq. 9 to 9.6, whose first term is Wallace's normal
// deviate; `halved` is u/T there, ln(1 + t^2/df).
double many_degrees(double halved, double df) noexcept {
  const double a = 0.5 * df;
  const double size = a - 0.25;
  const double u = size * halved;
  const double prefix = std::sqrt(u / std::numbers::pi) * std::exp(-u);
  const double step = 0.25 * halved * halved;
  double j = std::erfc(std::sqrt(u)) / prefix;
  double sum = j;
  double power = 1;
  for (std::size_t n = 1; n < coefficients.size(); ++n) {
    const double b = 2 * static_cast<double>(n) - 1.5;
    j = (b * (b + 1) * j + (u + b + 1) * power) / (4 * size * size);
    power *= step;
    const double term = coefficients[n] * j;
    sum += term;
    if (std::abs(term) < 1e-17 * sum) break;
  }
  return gamma_ratio(a) * prefix * sum;
}

// Where that series is right to the last digits.
constexpr double many = 40;
constexpr double near = 1;
constexpr double largest_exponent = 60;

// P(|T| > t) = I_x(df/2, 1/2) with x = df/(df + t^2), t > 0.
Tail positive_two_sided(double t, double df) noexcept {
  const double square = t * t;
  const double halved = std::log1p(square / df);
  if (df >= many && halved < near && df * halved < largest_exponent && square > 0) {
    const double p = many_degrees(halved, df);
    return {p, std::log10(p)};
  }
  return beta_lower(0.5 * df, 0.5, {df / (df + square), square / (df + square)});
}

}  // namespace

StudentTails student_tails(double t, double df) noexcept {
  StudentTails tails;
  if (t == 0) return {{1, 0}, tail_of(0.5, 0.5), tail_of(0.5, 0.5)};
  tails.two_sided = positive_two_sided(std::abs(t), df);
  const Tail beyond{0.5 * tails.two_sided.p, tails.two_sided.log10_p + std::log10(0.5)};
  const Tail before = tail_of(1 - beyond.p, beyond.p);
  tails.upper = t > 0 ? beyond : before;
  tails.lower = t > 0 ? before : beyond;
  return tails;
}

Tail student_upper(double t, double df) noexcept { return student_tails(t, df).upper; }

Tail student_two_sided(double t, double df) noexcept { return student_tails(t, df).two_sided; }

double student_upper_quantile(double q, double df) noexcept {
  return boost::math::quantile(boost::math::complement(Student(df), q));
}

}  // namespace touchstone::stats
