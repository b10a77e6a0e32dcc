#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Prints the report of an experiment in a data directory, served or not: for people, or the document. Returns an
/// ExitCode.
[[nodiscard]] int run_report(const ReportOptions& options);

}  // namespace touchstone::cli
