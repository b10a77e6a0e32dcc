#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Makes a one-time setup link and prints its path, or the whole link where the address is given.
[[nodiscard]] int run_link(const LinkOptions& options);

}  // namespace touchstone::cli
