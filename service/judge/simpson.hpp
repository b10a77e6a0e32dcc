#pragma once

#include <vector>

#include "service/judge/case.hpp"

namespace touchstone::judge {

/// Do totals over phases show the opposite of what is shown within them? Both ways must be certain. A change that does
/// not turn has nothing to be unlikely: its p is 1.
[[nodiscard]] Check simpson_of_phases(const Case& of, std::size_t metric);

/// The same of the planned segments of one attribute, which have no unit in common: totals over them against what is
/// within each, in both within phases. It is one check for each metric and attribute with two segments or more. It
/// turns where no segment goes the way of the totals. Metrics with a cap by percentile have no segments.
[[nodiscard]] std::vector<Check> simpson_of_segments(const Case& of, std::size_t metric);

}  // namespace touchstone::judge
