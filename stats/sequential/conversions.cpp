#include "stats/sequential/conversions.hpp"

#include <algorithm>
#include <cmath>

#include "stats/fixed/fisher.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

constexpr double negligible = 1e-16;  // at the ends of the walk
constexpr double irrelevant = 1e-18;  // at the ends of one tick

// P(x of the tick's conversions are B's), for every x from `first` on that is likely enough to matter.
struct TickLaw {
  std::int64_t first = 0;
  std::vector<double> masses;
};

// P(x + 1)/P(x).
double step_up(const ConversionTick& tick, std::int64_t x) noexcept {
  const auto number = [](std::int64_t count) { return static_cast<double>(count); };
  const std::int64_t spare = tick.users - tick.conversions - tick.users_b + x + 1;
  return number(tick.conversions - x) / number(x + 1) * (number(tick.users_b - x) / number(spare));
}

// From the mode outwards, where each mass follows from its neighbour.
TickLaw law_of(const ConversionTick& tick) {
  const std::int64_t least = std::max<std::int64_t>(0, tick.conversions - (tick.users - tick.users_b));
  const std::int64_t most = std::min(tick.conversions, tick.users_b);
  const double likeliest = (static_cast<double>(tick.conversions) + 1) * (static_cast<double>(tick.users_b) + 1) /
                           (static_cast<double>(tick.users) + 2);
  const std::int64_t mode = std::clamp(static_cast<std::int64_t>(likeliest), least, most);
  const double peak =
      std::exp(hypergeometric_log_pmf(static_cast<double>(mode), static_cast<double>(tick.users),
                                      static_cast<double>(tick.conversions), static_cast<double>(tick.users_b)));
  std::vector<double> below;
  std::int64_t x = mode;
  double mass = peak;
  while (x > least && mass >= irrelevant) {
    mass /= step_up(tick, --x);
    below.push_back(mass);
  }
  TickLaw law{x, {below.rbegin(), below.rend()}};
  mass = peak;
  for (x = mode; x <= most && mass >= irrelevant; ++x) {
    law.masses.push_back(mass);
    mass *= step_up(tick, x);
  }
  return law;
}

std::int64_t rounded_down(std::int64_t x, std::int64_t by) noexcept { return x / by - (x % by < 0 ? 1 : 0); }

// The law on multiples of `grain`: each mass shared among three of them so that mean and variance stay.
TickLaw in_groups(const TickLaw& law, std::int64_t grain) {
  const auto last = law.first + static_cast<std::int64_t>(law.masses.size()) - 1;
  const auto nearest = [grain](std::int64_t x) { return rounded_down(2 * x + grain, 2 * grain); };
  TickLaw grouped{nearest(law.first) - 1, {}};
  grouped.masses.resize(static_cast<std::size_t>(nearest(last) + 1 - grouped.first) + 1);
  for (std::size_t i = 0; i < law.masses.size(); ++i) {
    const std::int64_t x = law.first + static_cast<std::int64_t>(i);
    const std::int64_t at = nearest(x);
    const double offset = static_cast<double>(x - at * grain) / static_cast<double>(grain);
    const auto centre = static_cast<std::size_t>(at - grouped.first);
    grouped.masses[centre - 1] += law.masses[i] * offset * (offset - 1) / 2;
    grouped.masses[centre] += law.masses[i] * (1 - offset * offset);
    grouped.masses[centre + 1] += law.masses[i] * offset * (offset + 1) / 2;
  }
  return grouped;
}

}  // namespace

ConversionWalk::ConversionWalk(const ErrorBudget& budget, std::size_t most_states)
    : budget_(budget), most_states_(most_states), masses_{1} {}

void ConversionWalk::convolve(const ConversionTick& tick) {
  const TickLaw exact = law_of(tick);
  const TickLaw law = grain_ == 1 ? exact : in_groups(exact, grain_);
  if (masses_.empty()) return;
  std::vector<double> next(masses_.size() + law.masses.size() - 1);
  for (std::size_t j = 0; j < law.masses.size(); ++j) {
    const double weight = law.masses[j];
    double* const to = next.data() + j;
    for (std::size_t i = 0; i < masses_.size(); ++i) to[i] += masses_[i] * weight;
  }
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

ConversionLimits ConversionWalk::advance(const ConversionTick& tick) {
  convolve(tick);
  total_b_ += tick.conversions_b;
  most_ += tick.conversions;
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
