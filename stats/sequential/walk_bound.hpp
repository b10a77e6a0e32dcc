#pragma once

#include "stats/sequential/score_walk.hpp"

namespace touchstone::stats {

/// z at which P(not stopped before this look, Z at or above z) is `spend`: infinity where nothing is to be spent, and
/// -38, which everything lies above, where less than that is left.
[[nodiscard]] double bound_above(const ScoreWalk& walk, double spend);

/// The same from below: P(not stopped before, Z at or below z) = spend.
[[nodiscard]] double bound_below(const ScoreWalk& walk, double spend);

}  // namespace touchstone::stats
