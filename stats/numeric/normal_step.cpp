#include "stats/numeric/normal_step.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include "stats/numeric/panels.hpp"

namespace touchstone::stats {
namespace {

constexpr std::size_t n = Panels::points;
using Nodes = std::array<double, n>;

/// exp(slope v) at the nodes v, which lie symmetrically about 0.
Nodes exponentials(double slope) noexcept {
  const auto unit = Panels::unit_nodes();
  Nodes result{};
  for (std::size_t i = 0; i < n / 2; ++i) {
    result[i] = std::exp(slope * unit[i]);
    result[n - 1 - i] = 1 / result[i];
  }
  return result;
}

/// Between two panels with the same centre; halves in deviations. To mirror both nodes changes nothing.
std::array<Nodes, n> kernel_of(double half_to, double half_from) noexcept {
  const auto unit = Panels::unit_nodes();
  std::array<Nodes, n> kernel{};
  for (std::size_t j = 0; j < n / 2; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      const double gap = half_to * unit[i] - half_from * unit[j];
      kernel[j][i] = std::exp(-0.5 * gap * gap);
      kernel[n - 1 - j][n - 1 - i] = kernel[j][i];
    }
  }
  return kernel;
}

/// To the panel's factors those of the next one.
void multiply(Nodes& factors, const Nodes& by) noexcept {
  for (std::size_t i = 0; i < n; ++i) factors[i] *= by[i];
}

}  // namespace

std::size_t EqualPanels::size() const noexcept { return count * n; }

double EqualPanels::centre(std::size_t panel) const noexcept {
  return left + half * (2 * static_cast<double>(panel) + 1);
}

double EqualPanels::node(std::size_t i) const noexcept { return centre(i / n) + half * Panels::unit_nodes()[i % n]; }

double EqualPanels::weight(std::size_t i) const noexcept { return half * Panels::unit_weights()[i % n]; }

std::vector<double> after_step(const NormalStep& step, const EqualPanels& from, std::span<const double> masses,
                               const EqualPanels& to) {
  const double half_to = to.half / step.deviation;
  const double half_from = from.half / step.deviation;
  const auto kernel = kernel_of(half_to, half_from);
  const double scale = 1 / (step.deviation * std::sqrt(2 * std::numbers::pi));
  std::vector<double> density(to.size());
  // From one source to the next, all that lie equally far apart, both change by the same factors.
  const Nodes leaving_on = exponentials(-2 * half_from * half_from);
  const Nodes arriving_on = exponentials(2 * half_from * half_to);
  const double within = step.reach + half_to + half_from;
  for (std::size_t target = 0; target < to.count; ++target) {
    const std::span<double, n> there = std::span(density).subspan(target * n).first<n>();
    const double first_apart = (to.centre(target) - step.shift - from.centre(0)) / step.deviation;
    // Sources further to the left than the reach are left out.
    const double skipped = std::ceil(std::fmax(0, (first_apart - within) / (2 * half_from)));
    if (!(skipped < static_cast<double>(from.count))) continue;
    double apart = first_apart - 2 * half_from * skipped;
    Nodes leaving = exponentials(apart * half_from);
    Nodes arriving = exponentials(-apart * half_to);
    for (auto source = static_cast<std::size_t>(skipped); source < from.count && apart >= -within; ++source) {
      Nodes sums{};
      for (std::size_t j = 0; j < n; ++j) {
        const double mass = masses[source * n + j] * leaving[j];
        for (std::size_t i = 0; i < n; ++i) sums[i] += mass * kernel[j][i];
      }
      const double between = scale * std::exp(-0.5 * apart * apart);
      for (std::size_t i = 0; i < n; ++i) there[i] += between * arriving[i] * sums[i];
      apart -= 2 * half_from;
      multiply(leaving, leaving_on);
      multiply(arriving, arriving_on);
    }
  }
  return density;
}

}  // namespace touchstone::stats
