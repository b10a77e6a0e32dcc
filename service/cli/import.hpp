#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Turns a vendor's configuration into flags and experiments, says what was carried, what to look at and what was left
/// out, and creates them in the data directory; a dry run only says.
int run_import(const ImportOptions& options);

}  // namespace touchstone::cli
