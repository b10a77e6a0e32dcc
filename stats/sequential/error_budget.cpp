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

constexpr int usual_looks = 500;
struct Solved {
  double alpha;
  double log_threshold;
};
constexpr std::array solved{
    Solved{0.5, 0.4366487487757495},  Solved{0.2, 1.2079762048752514},   Solved{0.1, 1.8206275145802739},
    Solved{0.05, 2.4463527975226707}, Solved{0.045, 2.5422551521410304}, Solved{0.02, 3.2853677759197124},
    Solved{0.01, 3.9257885624919293}, Solved{0.005, 4.5696027770057022}, Solved{0.001, 6.0734949161662168},
    Solved{1e-4, 8.2391655904010577}, Solved{1e-5, 10.415298156131994},  Solved{1e-6, 12.598519960793004},
};

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
  const auto same = [&](const Solved& s) { return looks == usual_looks && std::abs(s.alpha - alpha) < 1e-12; };
  const auto* const known = std::find_if(solved.begin(), solved.end(), same);
  return known != solved.end() ? known->log_threshold : solve(alpha, looks);
}

double usual_log_threshold(double alpha) noexcept {
  if (alpha > solved.front().alpha) return std::min(solved.front().log_threshold, -std::log(alpha));
  if (alpha < solved.back().alpha) return solved.back().log_threshold + std::log(solved.back().alpha / alpha);
  const auto* const next =
      std::find_if(solved.begin() + 1, solved.end(), [&](const Solved& s) { return s.alpha <= alpha; });
  const auto* const last = next - 1;
  const double share = std::log(last->alpha / alpha) / std::log(last->alpha / next->alpha);
  return last->log_threshold + share * (next->log_threshold - last->log_threshold);
}

double usual_error(double log_threshold) noexcept {
  if (!(log_threshold >= solved.front().log_threshold)) return std::exp(-std::max(0.0, log_threshold));
  const auto* const next =
      std::find_if(solved.begin() + 1, solved.end(), [&](const Solved& s) { return s.log_threshold >= log_threshold; });
  if (next == solved.end()) return solved.back().alpha * std::exp(solved.back().log_threshold - log_threshold);
  const auto* const last = next - 1;
  const double share = (log_threshold - last->log_threshold) / (next->log_threshold - last->log_threshold);
  return last->alpha * std::exp(-share * std::log(last->alpha / next->alpha));
}

double log_threshold_after_horizon(const ErrorBudget& budget) noexcept {
  constexpr double at_five_percent = 3.394;
  return std::max(usual_log_threshold(budget.alpha - budget.reserve), at_five_percent + std::log(0.05 / budget.alpha));
}

double boundary_critical(double t, double log_threshold) noexcept { return mixture_critical(t, r, log_threshold); }

double boundary_evidence(double z, double t) noexcept { return mixture_log_e(z, t, r); }

}  // namespace touchstone::stats
