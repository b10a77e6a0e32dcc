#pragma once

#include "service/judge/report.hpp"

namespace touchstone::judge {

/// How far an experiment has come.
struct Progress {
  Time from{};
  Time until{};       ///< its end, else the newest event
  bool over = false;  ///< it will go no further
};

/// Has it come to the units, or the instant, that its plan names? The value is the share that it has come to, of both
/// the one that is nearer to its end, the limit 1. Warns where it is over before, and its plan looks once: looks at any
/// time may end it as soon as something is shown. Without a planned size the status is no_horizon. Figures: units and
/// planned_units, days and planned_days, over, any_time. Belongs to `trust`: the verdict knows by itself whether the
/// plan is done.
[[nodiscard]] Check planned_size(const Report& report, const Progress& progress);

}  // namespace touchstone::judge
