#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Recomputes a report document from the journal and says what differs. Returns an ExitCode: exit_check_failed where
/// something does.
[[nodiscard]] int run_verify(const VerifyOptions& options);

/// Recomputes every live report from the journal. Returns an ExitCode, likewise.
[[nodiscard]] int run_rebuild(const RebuildOptions& options);

}  // namespace touchstone::cli
