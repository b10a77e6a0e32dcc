#pragma once

#include <cmath>
#include <vector>

#include "stats/numeric/panels.hpp"
#include "stats/numeric/root.hpp"

namespace touchstone::stats {

/// Where a log-concave function has fallen by `drop` from its peak, on the side of `direction` (+1 or -1). `step` is a
/// first guess of the distance.
template <class LogDensity>
[[nodiscard]] double fallen_by(const LogDensity& log_density, double peak, double drop, double direction, double step) {
  const double level = log_density(peak) - drop;
  double reach = step;
  while (log_density(peak + direction * reach) > level && reach < 1e300) reach *= 2;
  const auto gap = [&](double distance) { return log_density(peak + direction * distance) - level; };
  return peak + direction * bracketed_root(gap, 0.0, reach, 0.02);
}

/// The breaks at which a log-concave density with this peak and this rough width is cut into panels.
template <class LogDensity>
void append_breaks(std::vector<double>& breaks, const LogDensity& log_density, double peak, double width) {
  breaks.push_back(peak);
  for (const double direction : {-1.0, 1.0}) {
    for (const double drop : panel_drops) {
      breaks.push_back(fallen_by(log_density, peak, drop, direction, width * std::sqrt(2 * drop)));
    }
  }
}

}  // namespace touchstone::stats
