#include "stats/sequential/calibrated.hpp"

#include <cmath>
#include <vector>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/confidence_sequence.hpp"
#include "stats/sequential/group_sequential.hpp"

namespace touchstone::stats {

double crossing_probability(std::span<const double> units, double rho2, double log_threshold) {
  std::vector<double> bounds;
  for (const double n : units) bounds.push_back(mixture_critical(n, rho2, log_threshold));
  return crossing(units, bounds, true).back();
}

double calibrated_log_threshold(std::span<const double> units, double rho2, double alpha) {
  const auto gap = [&](double threshold) { return std::log(crossing_probability(units, rho2, threshold) / alpha); };
  const double uncalibrated = -std::log(alpha);
  // The least that one look at the end would need; a boundary below zero has no meaning.
  const double v = units.back() * rho2;
  const double z = normal_upper_quantile(alpha / 2);
  const double single = 0.5 * (z * z * v / (v + 1) - std::log1p(v));
  if (units.size() == 1) return single;
  return bracketed_root(gap, std::fmax(single, 1e-9 - 0.5 * std::log1p(units.front() * rho2)), uncalibrated, 1e-11);
}

double delayed_start_log_threshold(double t0, double rho2, double alpha) {
  const auto gap = [&](double threshold) {
    const double z0 = mixture_critical(t0, rho2, threshold);
    const double inside = z0 / std::sqrt(1 + t0 * rho2);
    return 2 * normal_upper(z0).p + std::exp(-threshold) * std::erf(inside / std::sqrt(2.0)) - alpha;
  };
  return bracketed_root(gap, 0.0, -std::log(alpha), 1e-14);
}

}  // namespace touchstone::stats
