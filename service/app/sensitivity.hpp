#pragma once

#include <optional>
#include <vector>

#include "service/judge/recent.hpp"

namespace touchstone::app {

/// How long a change of this size takes to be found: two arms of one size, alpha .05, power .8, at any look.
struct ChangeFound {
  double relative = 0;
  std::optional<double> units;
  std::optional<double> days;  ///< at the usual traffic, then in the fastest and the slowest week
  std::optional<double> days_fastest;
  std::optional<double> days_slowest;
};

/// The smallest change that so many days find, likewise.
struct FoundWithin {
  int days = 0;
  std::optional<double> relative;
};

/// What a metric's own history says about planning with it.
struct Sensitivity {
  judge::MetricHistory history;
  std::vector<ChangeFound> changes;  ///< of 1, 2, 5 and 10 %
  std::vector<FoundWithin> within;   ///< 14 and 28 days
};
[[nodiscard]] Sensitivity sensitivity(judge::MetricHistory history, const judge::Traffic& traffic);

}  // namespace touchstone::app
