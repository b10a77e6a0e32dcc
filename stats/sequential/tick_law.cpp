#include "stats/sequential/tick_law.hpp"

#include <algorithm>
#include <cmath>

#include "stats/fixed/fisher.hpp"
#include "stats/sequential/conversions.hpp"

namespace touchstone::stats {
namespace {

constexpr double irrelevant = 1e-18;  // at the ends of one tick

// P(x + 1)/P(x).
double step_up(const ConversionTick& tick, std::int64_t x) noexcept {
  const auto number = [](std::int64_t count) { return static_cast<double>(count); };
  const std::int64_t spare = tick.users - tick.conversions - tick.users_b + x + 1;
  return number(tick.conversions - x) / number(x + 1) * (number(tick.users_b - x) / number(spare));
}

}  // namespace

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

}  // namespace touchstone::stats
