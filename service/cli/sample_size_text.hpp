#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::cli {

/// The answer of POST /v1/sample-size in a few lines.
[[nodiscard]] Result<std::string> sample_size_text(std::string_view answer);

}  // namespace touchstone::cli
