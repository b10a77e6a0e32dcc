#include "stats/sequential/error_budget.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "stats/sequential/calibrated.hpp"
#include "stats/sequential/confidence_sequence.hpp"

namespace touchstone::stats {
namespace {

// rho^2 of a mixture that is narrowest at a quarter of the horizon, for errors near .05, per unit of horizon.
constexpr double r = 32.84787247827301;

struct Threshold {
  double alpha;
  double log_threshold;
};
constexpr int tabulated_looks = 500;
constexpr std::array tabulated{Threshold{0.05, 2.4463527975226707}, Threshold{0.045, 2.5422551521410304},
                               Threshold{0.01, 3.9257885624919293}};

double solve(double alpha, int looks) {
  std::vector<double> shares;
  for (int k = 1; k <= looks; ++k) shares.push_back(static_cast<double>(k) / looks);
  return calibrated_log_threshold(shares, r, alpha);
}

}  // namespace

double ErrorBudget::spent_by(double t) const noexcept {
  if (!(t > 0)) return 0;
  if (t > 1) return alpha - reserve / t;
  return (alpha - reserve) * std::exp(-0.343 * (std::pow(t, -0.652) - 1));
}

double boundary_log_threshold(double alpha, int looks) {
  const auto same = [&](const Threshold& t) { return std::abs(t.alpha - alpha) < 1e-12; };
  const auto* const known = std::find_if(tabulated.begin(), tabulated.end(), same);
  return looks == tabulated_looks && known != tabulated.end() ? known->log_threshold : solve(alpha, looks);
}

double boundary_critical(double t, double log_threshold) noexcept { return mixture_critical(t, r, log_threshold); }

double boundary_evidence(double z, double t) noexcept { return mixture_log_e(z, t, r); }

}  // namespace touchstone::stats
