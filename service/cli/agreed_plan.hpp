#pragma once

#include "assign/result.hpp"
#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Takes what the options leave open from the experiment that they name: alpha, method, split, goals, planned units and
/// smallest effect of its plan, and, as the baseline, what its control shows in the metric. Afterwards the options name
/// no experiment. Errors: not_found; those of the service.
[[nodiscard]] Status take_plan(SimulateOptions& options);

/// The same from a file that holds the document of an experiment, as POST /v1/experiments takes it; without a baseline,
/// which only data have. Errors: not_found; those of the document, which name the member.
[[nodiscard]] Status take_plan_of_file(SimulateOptions& options);

}  // namespace touchstone::cli
