#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Makes a segment that is the list of the units in files, or gives it that list in place of the one it has. The
/// history of the configuration keeps who was in it when.
int run_segment(const SegmentOptions& options);

}  // namespace touchstone::cli
