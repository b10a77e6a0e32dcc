#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Replays the assignments of the files and prints how many the dialects reproduce, per vendor and category.
/// exit_ok only when there is at least one assignment and all of them match; exit_check_failed otherwise.
int run_import_check(const ImportCheckOptions& options);

}  // namespace touchstone::cli
