#include "stats/numeric/stirling.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/gamma.hpp>

#include "stats/distribution/policy.hpp"

namespace touchstone::stats {
namespace {

const double half_log_two_pi = 0.5 * std::log(2 * std::numbers::pi);
constexpr double series_start = 12;

double main_part(double z) noexcept { return (z - 0.5) * std::log(z) - z + half_log_two_pi; }

}  // namespace

double stirling_remainder(double z) noexcept {
  if (z < series_start) return boost::math::lgamma(z, Quiet()) - main_part(z);
  const double s = 1 / (z * z);
  return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * 691.0 / 360360))))) / z;
}

double log_factorial(double n) noexcept { return main_part(n + 1) + stirling_remainder(n + 1); }

double log_rising(double a, double s) noexcept {
  if (s == 0) return 0;
  const double b = a + s;
  if (b < series_start) return boost::math::lgamma(b, Quiet()) - boost::math::lgamma(a, Quiet());
  return (a - 0.5) * std::log1p(s / a) + s * std::log(b) - s + stirling_remainder(b) - stirling_remainder(a);
}

}  // namespace touchstone::stats
