#pragma once

#include <span>

#include "service/judge/analyse.hpp"
#include "service/judge/report.hpp"
#include "storage/event.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// An agreed experiment and the events that happened, in any order and each any number of times: the report. Pure.
/// Events are one where their identity is: id and UTC day of ts as sent, or the whole content where there is no id; of
/// several copies the first in `events` counts. `metrics[i]` defines `experiment.plan.metrics[i]`.
[[nodiscard]] Report judge(const storage::Experiment& experiment, std::span<const storage::Metric> metrics,
                           std::span<const storage::StoredEvent> events, const Asked& asked = {});

}  // namespace touchstone::judge
