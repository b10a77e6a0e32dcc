#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Says how many units an experiment needs, what it can find, or how sure it is to find it. Returns an ExitCode.
[[nodiscard]] int run_sample_size(const SampleSizeOptions& options);

}  // namespace touchstone::cli
