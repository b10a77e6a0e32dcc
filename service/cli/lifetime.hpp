#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Projects what the customers of a table will buy: text or documents to standard output. Returns an ExitCode.
[[nodiscard]] int run_lifetime(const LifetimeOptions& options);

}  // namespace touchstone::cli
