#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Judges every experiment of the tables: a line or a document each to standard output. Returns an ExitCode.
[[nodiscard]] int run_totals(const TotalsOptions& options);

}  // namespace touchstone::cli
