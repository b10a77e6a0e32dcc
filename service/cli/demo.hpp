#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Serves a simulated shop whose customers have gone through planted experiments by way of the HTTP API, prints a
/// report and the first things to try, and goes on serving until SIGTERM or SIGINT (or ends at once where asked to).
[[nodiscard]] int run_demo(const DemoOptions& options);

}  // namespace touchstone::cli
