#include "stats/sequential/confidence_sequence.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/lambert_w.hpp>

#include "stats/distribution/policy.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {

double mixture_rho2(double alpha, double n_star) noexcept {
  const double argument = -alpha * alpha / std::numbers::e;
  return (-boost::math::lambert_wm1(argument, Quiet()) - 1) / n_star;
}

double mixture_rho2_approximate(double alpha, double n_star) noexcept {
  const double doubled_log = -2 * std::log(alpha);
  return (doubled_log + std::log1p(doubled_log)) / n_star;
}

double mixture_critical(double units, double rho2, double log_threshold) noexcept {
  const double v = units * rho2;
  return std::sqrt((v + 1) / v * (2 * log_threshold + std::log1p(v)));
}

double mixture_critical_one_sided(double units, double rho2, double alpha) noexcept {
  const double v = units * rho2;
  return std::sqrt((v + 1) / v * 2 * std::log1p(std::sqrt(v + 1) / (2 * alpha)));
}

double mixture_log_e(double z, double units, double rho2) noexcept {
  const double v = units * rho2;
  return 0.5 * (z * z * v / (v + 1) - std::log1p(v));
}

SequenceLook look(double estimate, double se, double units, double rho2, double alpha) noexcept {
  const double log_e = mixture_log_e(estimate / se, units, rho2);
  return {se * mixture_critical(units, rho2, -std::log(alpha)), log_e, anytime_p(log_e)};
}

// With rho^2 = tau^2/(N se^2) the two mixtures are the same.
SequenceLook msprt(double estimate, double se, double tau, double alpha) noexcept {
  return look(estimate, se, 1, tau / se * (tau / se), alpha);
}

}  // namespace touchstone::stats
