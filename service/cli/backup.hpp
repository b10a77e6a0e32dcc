#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Copies a data directory, through whoever serves it, or by itself where nobody does. Returns an ExitCode.
[[nodiscard]] int run_backup(const BackupOptions& options);

/// Makes a data directory from such a copy. Returns an ExitCode.
[[nodiscard]] int run_restore(const RestoreOptions& options);

}  // namespace touchstone::cli
