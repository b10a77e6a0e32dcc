#pragma once

#include "assign/result.hpp"
#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Takes what the options leave open from the experiment that they name: alpha, method, split, goals, planned units and
/// smallest effect of its plan, and, as the baseline, what its control shows in the metric. Afterwards the options name
/// no experiment. Errors: not_found; those of the service.
[[nodiscard]] Status take_plan(SimulateOptions& options);

}  // namespace touchstone::cli
