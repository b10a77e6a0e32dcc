#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"
#include "stats/fixed/quantile_arms.hpp"

namespace touchstone::judge {

/// The events of one metric in the order of their amounts, by phase, then variant; empty where it is no quantile, or
/// where its events are not known.
using SortedCells = std::vector<stats::SortedEvents>;
[[nodiscard]] SortedCells sorted_cells(const Case& of, std::size_t metric);

/// Fills both effects, the arms and what is behind them. Phases are strata: each has the same weight in both arms, so
/// that a phase in which one arm has more events, or in which all is slower, makes no difference.
void compare_quantiles(const Case& of, const SortedCells& cells, Comparison& made);

}  // namespace touchstone::judge
