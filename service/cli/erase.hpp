#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Forgets a unit and prints the certificate, or shows it again, or lifts the erasure. Exit code.
int run_erase(const EraseOptions& options);

}  // namespace touchstone::cli
