#pragma once

#include <string>

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// The command line that asks the same again, quoted for a POSIX shell; what only says where to write is left out.
[[nodiscard]] std::string again(const AnalyzeOptions& options);

}  // namespace touchstone::cli
