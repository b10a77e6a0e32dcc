#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/report.hpp"

namespace touchstone::judge {

/// Limits that block: a result behind one of these is not to be used. Everything else that is found is a warning.
inline constexpr double kSplitLimit = 0.001;         ///< p of the split, and of an even crossover
inline constexpr double kCrossoverLimit = 0.1;       ///< share of units
inline constexpr double kContradictionLimit = 0.05;  ///< share of exposures
inline constexpr std::int64_t kGapLimit = 24;        ///< whole hours in a row in which nobody entered ...
inline constexpr std::int64_t kUnusualGap = 5;       ///< ... and this many times the next longest such stretch

/// Whether to believe the data; every check that applies is there, passed or not.
/// - srm: units that count against the planned weights, stratified by phase. Sequentially valid (Lindon and Malek)
/// where
///   the plan peeks, Pearson at one look; both are shown.
/// - crossover: share of units that met several variants; also blocks where they are unevenly spread over the variants
///   of their first exposure.
/// - contradictions: exposures that carry another value than `expects` says; only where something is expected.
/// - repeated_exposures: for information.
/// - gap: the longest stretch without a first exposure within a phase. Blocks where it is out of keeping with the
///   rhythm of the rest, else warns; needs ten hours with entries.
/// - range, per metric of values: units whose amount is out of range; one blocks.
/// - outlier, per metric of values: a single unit that carries much of an arm's spread.
/// - responses, per score: whether the same share of each arm answered, and between which ends the difference lies if
///   those who answer in one arm alone are left out (stats/fixed/response.hpp). A warning: the score is of who answers.
/// - pre_period, per metric with a covariate: whether the arms were alike before anybody met a variant. The smallest p
/// of
///   the treatments times their number. A warning: what the covariate knows is taken out of the result.
[[nodiscard]] std::vector<Check> checks(const Case& of);

}  // namespace touchstone::judge
