#include "stats/sequential/conversions.hpp"

#include <algorithm>
#include <cmath>

#include "stats/fixed/fisher.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

constexpr double negligible = 1e-16;

// P(x of the tick's conversions are B's), for every possible x from `first` on.
struct TickLaw {
  std::int64_t first = 0;
  std::vector<double> masses;
};
TickLaw law_of(const ConversionTick& tick) {
  TickLaw law;
  law.first = std::max<std::int64_t>(0, tick.conversions - (tick.users - tick.users_b));
  const std::int64_t last = std::min(tick.conversions, tick.users_b);
  const auto total = static_cast<double>(tick.users);
  for (std::int64_t x = law.first; x <= last; ++x) {
    const double log_p = hypergeometric_log_pmf(static_cast<double>(x), total, static_cast<double>(tick.conversions),
                                                static_cast<double>(tick.users_b));
    law.masses.push_back(std::exp(log_p));
  }
  return law;
}

}  // namespace

ConversionWalk::ConversionWalk(const ErrorBudget& budget) : budget_(budget), masses_{1} {}

void ConversionWalk::convolve(const ConversionTick& tick) {
  const TickLaw law = law_of(tick);
  if (masses_.empty() || law.masses.empty()) return;
  std::vector<double> next(masses_.size() + law.masses.size() - 1);
  for (std::size_t i = 0; i < masses_.size(); ++i) {
    for (std::size_t j = 0; j < law.masses.size(); ++j) next[i + j] += masses_[i] * law.masses[j];
  }
  masses_ = std::move(next);
  first_ += law.first;
}

// Ends that hold nothing cost time and change no limit.
void ConversionWalk::trim() {
  std::size_t from = 0;
  std::size_t to = masses_.size();
  while (from < to && masses_[from] < negligible) ++from;
  while (to > from && masses_[to - 1] < negligible) --to;
  masses_.erase(masses_.begin() + static_cast<std::ptrdiff_t>(to), masses_.end());
  masses_.erase(masses_.begin(), masses_.begin() + static_cast<std::ptrdiff_t>(from));
  first_ += static_cast<std::int64_t>(from);
}

ConversionLimits ConversionWalk::advance(const ConversionTick& tick) {
  convolve(tick);
  total_b_ += tick.conversions_b;
  most_ += tick.conversions;
  trim();
  const double budget = budget_.spent_by(tick.t) / 2;
  std::size_t to = masses_.size();
  double up = limits_.spent_up;
  while (to > 0 && up + masses_[to - 1] <= budget) up += masses_[--to];
  std::size_t from = 0;
  double low = limits_.spent_low;
  while (from < to && low + masses_[from] <= budget) low += masses_[from++];
  limits_ = {first_ + static_cast<std::int64_t>(to), first_ + static_cast<std::int64_t>(from) - 1, up, low};
  masses_.erase(masses_.begin() + static_cast<std::ptrdiff_t>(to), masses_.end());
  masses_.erase(masses_.begin(), masses_.begin() + static_cast<std::ptrdiff_t>(from));
  first_ += static_cast<std::int64_t>(from);
  return limits_;
}

Side ConversionWalk::side() const noexcept {
  if (total_b_ >= limits_.upper && limits_.upper <= most_) return Side::better;
  return total_b_ <= limits_.lower ? Side::worse : Side::none;
}

ConversionScore conversion_score(std::span<const ConversionTick> ticks) noexcept {
  ConversionScore score;
  for (const ConversionTick& tick : ticks) {
    const auto n = static_cast<double>(tick.users);
    const auto n_b = static_cast<double>(tick.users_b);
    const auto s = static_cast<double>(tick.conversions);
    if (n < 2) continue;
    const double variance = s / n * (n - s) / (n - 1) * (n_b / n) * (n - n_b);
    score.excess += static_cast<double>(tick.conversions_b) - s * (n_b / n);
    score.variance += variance;
    if (n > 2) score.third += variance * (n - 2 * s) / n * (n - 2 * n_b) / (n - 2);
  }
  return score;
}

double ConversionScore::corrected_z() const noexcept {
  if (!(variance > 0)) return undefined;
  const double sd = std::sqrt(variance);
  return skewness_corrected(excess / sd, third / (variance * sd));
}

}  // namespace touchstone::stats
