#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Prints a link that shows a variant, or its token where no page is named. Returns an ExitCode.
[[nodiscard]] int run_preview(const PreviewOptions& options);

}  // namespace touchstone::cli
