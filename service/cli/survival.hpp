#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Judges how long the customers of a table stayed: text or a document to standard output. Returns an ExitCode.
[[nodiscard]] int run_survival(const SurvivalOptions& options);

}  // namespace touchstone::cli
