#include "stats/sequential/conversions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

constexpr double negligible = 1e-16;  // at the ends of the walk

}  // namespace

ConversionWalk::ConversionWalk(const ErrorBudget& budget, std::size_t most_states)
    : budget_(budget), most_states_(most_states), masses_{1} {}

// Four of the law's masses at once, which leaves the order of every sum as it would be one by one.
void ConversionWalk::convolve(const TickLaw& law) {
  if (masses_.empty()) return;
  constexpr std::size_t together = 4;
  constexpr std::size_t margin = together - 1;
  std::vector<double> padded(masses_.size() + 2 * margin);
  std::copy(masses_.begin(), masses_.end(), padded.begin() + margin);
  std::vector<double> next(masses_.size() + law.masses.size() + margin);
  const std::size_t length = masses_.size() + margin;
  for (std::size_t j = 0; j < law.masses.size(); j += together) {
    std::array<double, together> w{};
    std::copy_n(law.masses.begin() + static_cast<std::ptrdiff_t>(j), std::min(together, law.masses.size() - j),
                w.begin());
    const double* const from = padded.data() + margin;
    double* const to = next.data() + j;
    for (std::size_t i = 0; i < length; ++i)
      to[i] = (((to[i] + from[i] * w[0]) + (from - 1)[i] * w[1]) + (from - 2)[i] * w[2]) + (from - 3)[i] * w[3];
  }
  next.resize(masses_.size() + law.masses.size() - 1);
  masses_ = std::move(next);
  first_ += law.first;
}

void ConversionWalk::keep(std::size_t from, std::size_t to) {
  masses_.erase(masses_.begin() + static_cast<std::ptrdiff_t>(to), masses_.end());
  masses_.erase(masses_.begin(), masses_.begin() + static_cast<std::ptrdiff_t>(from));
  first_ += static_cast<std::int64_t>(from);
}

// Ends that hold nothing cost time and change no limit.
void ConversionWalk::trim() {
  std::size_t from = 0;
  std::size_t to = masses_.size();
  while (from < to && masses_[from] < negligible) ++from;
  while (to > from && masses_[to - 1] < negligible) --to;
  keep(from, to);
}

// Groups of twice the size; what lies between two of them goes to both by halves.
void ConversionWalk::coarsen() {
  const std::int64_t first = rounded_down(first_, 2);
  std::vector<double> next(masses_.size() / 2 + 2);
  for (std::size_t i = 0; i < masses_.size(); ++i) {
    const std::int64_t at = first_ + static_cast<std::int64_t>(i);
    const auto lower = static_cast<std::size_t>(rounded_down(at, 2) - first);
    const double share = at % 2 == 0 ? masses_[i] : masses_[i] / 2;
    next[lower] += share;
    if (at % 2 != 0) next[lower + 1] += share;
  }
  masses_ = std::move(next);
  first_ = first;
  grain_ *= 2;
}

ConversionLimits ConversionWalk::advance(const ConversionTick& tick, const TickLaw& law) {
  if (grain_ == 1)
    convolve(law);
  else
    convolve(in_groups(law, grain_));
  total_b_ += tick.conversions_b;
  trim();
  while (masses_.size() > most_states_) coarsen();
  const double budget = budget_.spent_by(tick.t) / 2;
  std::size_t to = masses_.size();
  double up = limits_.spent_up;
  while (to > 0 && up + masses_[to - 1] <= budget) up += masses_[--to];
  std::size_t from = 0;
  double low = limits_.spent_low;
  while (from < to && low + masses_[from] <= budget) low += masses_[from++];
  // A group reaches half its size to either side; a total alone is itself.
  const std::int64_t beyond = (2 * (first_ + static_cast<std::int64_t>(to)) - 1) * grain_;
  const std::int64_t before = (2 * (first_ + static_cast<std::int64_t>(from)) - 1) * grain_;
  limits_ = {rounded_down(beyond + 1, 2), rounded_down(before, 2), up, low};
  keep(from, to);
  return limits_;
}

Side ConversionWalk::side() const noexcept {
  if (total_b_ >= limits_.upper) return Side::better;
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
