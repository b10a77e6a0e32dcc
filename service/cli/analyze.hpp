#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Judges the experiment of the files: report to standard output, talk to standard error. Returns an ExitCode.
[[nodiscard]] int run_analyze(const AnalyzeOptions& options);

}  // namespace touchstone::cli
