#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Plays a planned analysis many times, through the judge that reports use, and says how often it would be wrong, how
/// often it would find the change, and how long it would take. Returns an ExitCode.
[[nodiscard]] int run_simulate(const SimulateOptions& options);

}  // namespace touchstone::cli
