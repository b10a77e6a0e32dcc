#pragma once

#include <cstddef>
#include <vector>

#include "stats/fixed/event_sample.hpp"

namespace touchstone::judge {

class Study;

/// The events of a metric of kind quantile: those of every unit that counts.
struct QuantileEvents {
  std::size_t metric = 0;                 ///< index into the plan's metrics
  std::vector<stats::EventSample> cells;  ///< by phase, then variant
};

/// Of each such metric of the study. Copies 8 bytes an event and 8 a unit; what they mean is found by whoever judges.
[[nodiscard]] std::vector<QuantileEvents> quantile_events(const Study& study);

}  // namespace touchstone::judge
