#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Looks at everything in the data directory, beside a running service too, and says what is wrong and what to do.
/// Returns an ExitCode: exit_check_failed where something is.
[[nodiscard]] int run_doctor(const DoctorOptions& options);

}  // namespace touchstone::cli
