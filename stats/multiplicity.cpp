#include "stats/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>

#include "stats/estimate.hpp"

namespace touchstone::stats {
namespace {

// Places of the computable p-values, smallest first.
std::vector<std::size_t> ranks(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [p](std::size_t i, std::size_t j) { return p[i] < p[j]; });
  return order;
}

double capped(double value) noexcept { return std::min(1.0, value); }

// Each p times factor(rank from 1, tests), kept monotone from the smallest upwards (step-down) or from the largest
// downwards (step-up).
template <class Factor>
std::vector<double> step_down(std::span<const double> p, const Factor& factor) {
  std::vector<double> adjusted(p.size(), undefined);
  const std::vector<std::size_t> order = ranks(p);
  double running = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    running = std::max(running, capped(p[order[i]] * factor(i + 1, order.size())));
    adjusted[order[i]] = running;
  }
  return adjusted;
}

template <class Factor>
std::vector<double> step_up(std::span<const double> p, const Factor& factor) {
  std::vector<double> adjusted(p.size(), undefined);
  const std::vector<std::size_t> order = ranks(p);
  double running = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    running = std::min(running, capped(p[order[i]] * factor(i + 1, order.size())));
    adjusted[order[i]] = running;
  }
  return adjusted;
}

template <class Adjust>
std::vector<double> each(std::span<const double> p, const Adjust& adjust) {
  const auto tests = static_cast<double>(ranks(p).size());
  std::vector<double> adjusted(p.begin(), p.end());
  for (double& value : adjusted) value = std::isnan(value) ? value : adjust(value, tests);
  return adjusted;
}

double remaining(std::size_t rank, std::size_t tests) noexcept { return static_cast<double>(tests - rank + 1); }
double share(std::size_t rank, std::size_t tests) noexcept {
  return static_cast<double>(tests) / static_cast<double>(rank);
}

double harmonic_sum(std::size_t n) noexcept {
  double sum = 0;
  for (std::size_t i = 1; i <= n; ++i) sum += 1 / static_cast<double>(i);
  return sum;
}

}  // namespace

std::vector<double> bonferroni(std::span<const double> p) {
  return each(p, [](double value, double tests) { return capped(value * tests); });
}

std::vector<double> sidak(std::span<const double> p) {
  return each(p, [](double value, double tests) { return -std::expm1(tests * std::log1p(-value)); });
}

std::vector<double> holm(std::span<const double> p) { return step_down(p, remaining); }

std::vector<double> hochberg(std::span<const double> p) { return step_up(p, remaining); }

std::vector<double> benjamini_hochberg(std::span<const double> p) { return step_up(p, share); }

std::vector<double> benjamini_yekutieli(std::span<const double> p) {
  const double penalty = harmonic_sum(ranks(p).size());
  return step_up(p, [penalty](std::size_t rank, std::size_t tests) { return penalty * share(rank, tests); });
}

std::vector<double> e_benjamini_hochberg(std::span<const double> log_e) {
  std::vector<double> inverse(log_e.begin(), log_e.end());
  for (double& value : inverse) value = std::exp(-value);
  return step_up(inverse, share);
}

}  // namespace touchstone::stats
