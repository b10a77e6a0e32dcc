#pragma once

#include <cmath>
#include <optional>

namespace touchstone::judge {

/// A computed number as it stands in a report: absent where it is undefined or unbounded.
[[nodiscard]] inline std::optional<double> figure(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace touchstone::judge
