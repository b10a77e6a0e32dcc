#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Answers a SELECT over the stored events, beside a running service too. Returns an ExitCode.
[[nodiscard]] int run_sql(const SqlOptions& options);

}  // namespace touchstone::cli
