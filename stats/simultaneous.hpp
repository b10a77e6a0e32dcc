#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "stats/estimate.hpp"

/// Intervals of a family of comparisons that hold together and say what its multiple test says. Each is the
/// comparison's own interval, drawn at a level that the family decides; none is calculated back from an adjusted p.
namespace touchstone::stats {

/// One comparison with "no effect" at zero: `interval` inverts the test whose two-sided p this is, at any alpha.
struct Comparison {
  double estimate = undefined;
  double p = undefined;  ///< NaN: not computable, not a member of the family
  std::function<Interval(double alpha)> interval;
};

/// All cover their effects with probability 1 - alpha; zero lies outside exactly where Bonferroni rejects. Level
/// 1 - alpha/m (Dunn 1961).
[[nodiscard]] std::vector<Interval> bonferroni_intervals(std::span<const Comparison> family, double alpha);

/// All cover their effects with probability 1 - alpha, and those that exclude zero are those that Holm's test declares
/// with their sign: step-down within each direction at alpha/2 (Strassburger and Bretz 2008, section 3; Guilbaud 2008).
/// With r of m declared in a direction, the ends that face it lie at level alpha/(m - r) for those not declared and at
/// zero, which is itself excluded, for those that are; where all are declared, at level alpha/m but never beyond zero.
/// Where every declared effect has one sign this is Holm's own decision; with both signs it may declare less, because
/// Holm's test does not promise the signs.
struct StepDown {
  std::vector<Interval> intervals;
  std::vector<bool> declared;
};
[[nodiscard]] StepDown holm_intervals(std::span<const Comparison> family, double alpha);

/// Intervals of those that Benjamini-Hochberg selects at `alpha`, at level 1 - alpha R/m with R selected of m: of the
/// intervals shown, a share of at most alpha misses its effect on average, and each excludes zero (false coverage rate,
/// Benjamini and Yekutieli 2005, JASA 100, section 4; independent or positively dependent estimates). Others are
/// unknown intervals.
[[nodiscard]] std::vector<Interval> selected_intervals(std::span<const Comparison> family, double alpha);

}  // namespace touchstone::stats
