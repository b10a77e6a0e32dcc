#pragma once

#include "service/judge/case.hpp"
#include "stats/fixed/trend.hpp"

namespace touchstone::judge {

/// Points of the line at most; fewer where fewer looks could be taken.
inline constexpr std::size_t kDriftPoints = 12;

struct Drift {
  stats::Trend trend;
  bool relative = false;  ///< points are lifts, else differences
};

/// Does the effect on those who entered later differ from that on those who entered first? Neighbouring looks of one
/// phase are joined to points of about as many units. A point is the lift L of the whole plus what is left of it there:
/// (mean b - (1 + L) mean a) / mean a of the whole, so that days on which everybody does more bend nothing; its
/// variance is that of the arms within points. Where there are no ratios (scores, a control at or below 0) it is the
/// plain difference. Time is in days since the start of the run; slopes are looked for up to a lift of 1, or a standard
/// deviation, a day.
///
/// Only for metrics that are judged by looks (looks.hpp). Units are compared by when they entered, each over the same
/// window: what wears off a unit within its window novelty.hpp sees.
[[nodiscard]] Drift drift(const Case& of, std::size_t metric, std::size_t variant);

}  // namespace touchstone::judge
