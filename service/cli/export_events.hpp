#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Writes stored events, beside a running service too; memory for one segment at a time. Returns an ExitCode.
[[nodiscard]] int run_export_events(const ExportEventsOptions& options);

}  // namespace touchstone::cli
