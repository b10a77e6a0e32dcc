#pragma once

#include <string>

#include "assign/result.hpp"
#include "service/cli/options.hpp"

namespace touchstone::cli {

/// The options as the document of POST /v1/sample-size, so that one reader knows the rules.
[[nodiscard]] Result<std::string> sample_question(const SampleSizeOptions& options);

}  // namespace touchstone::cli
