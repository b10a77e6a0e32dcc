#pragma once

#include <span>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"
#include "service/judge/report.hpp"
#include "stats/verdict.hpp"

namespace touchstone::judge {

/// What one row says. Multiplicity is respected: a claim needs its adjusted p too.
[[nodiscard]] stats::Conclusion conclusion(const Case& of, const Comparison& made);

/// The verdict of stats/verdict.hpp on what was found. Which intervals it may use, and when, is said at report().
/// `segments`: the goals of the plan's segments.
[[nodiscard]] Verdict conclude(const Case& of, std::span<const Comparison> found,
                               std::span<const stats::SegmentFinding> segments, std::span<const Check> checks);

}  // namespace touchstone::judge
