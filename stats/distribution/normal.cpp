#include "stats/distribution/normal.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/erf.hpp>

#include "stats/distribution/policy.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

const double half_log_two_pi = 0.5 * std::log(2 * std::numbers::pi);

// From here on the asymptotic series of Mills' ratio is exact to the last digit, and erfc has not yet underflowed.
constexpr double far_tail = 30;

// z * (1 - Phi(z)) / phi(z) = 1 - 1/z^2 + 3/z^4 - 15/z^6 + ...
double mills_series(double z) noexcept {
  double sum = 1;
  double term = 1;
  for (int k = 1; k <= 9; ++k) {
    term *= -(2 * k - 1) / (z * z);
    sum += term;
  }
  return sum;
}

// z^2 (phi(z) - z (1 - Phi(z))) / phi(z) = 1 - 3/z^2 + 15/z^4 - ...
double loss_series(double z) noexcept {
  double sum = 1;
  double term = 1;
  for (int k = 1; k <= 9; ++k) {
    term *= -(2 * k + 1) / (z * z);
    sum += term;
  }
  return sum;
}

double log_density(double z) noexcept { return -0.5 * z * z - half_log_two_pi; }
double upper(double z) noexcept { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

}  // namespace

double normal_density(double z) noexcept { return std::exp(log_density(z)); }

Tail normal_upper(double z) noexcept {
  if (z > far_tail) {
    const double log_p = log_density(z) + std::log(mills_series(z) / z);
    return {upper(z), log_p / std::numbers::ln10};
  }
  return tail_of(upper(z), upper(-z));
}

Tail normal_two_sided(double z) noexcept { return doubled(normal_upper(std::abs(z))); }

double normal_log_lower(double z) noexcept { return normal_upper(-z).log10_p * std::numbers::ln10; }

double normal_upper_quantile(double q) noexcept { return std::numbers::sqrt2 * boost::math::erfc_inv(2 * q, Quiet()); }

Tail normal_unit_loss(double z) noexcept {
  if (z > far_tail) return tail_of_log(log_density(z) + std::log(loss_series(z) / (z * z)));
  const double loss = normal_density(z) - z * upper(z);
  return {loss, std::log10(loss)};
}

}  // namespace touchstone::stats
