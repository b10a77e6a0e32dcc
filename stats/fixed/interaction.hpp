#pragma once

#include <cstdint>
#include <span>

#include "stats/fixed/z_test.hpp"
#include "stats/independence.hpp"

/// Two experiments on the same users: do they disturb each other?
namespace touchstone::stats {

/// The users with arm i of the first and arm j of the second experiment.
struct CrossedCell {
  std::int64_t n = 0;
  double mean = undefined;
  double variance = undefined;
};

/// cell_ij: first experiment's arm i, second experiment's arm j.
struct CrossedCells {
  CrossedCell cell_00;
  CrossedCell cell_01;
  CrossedCell cell_10;
  CrossedCell cell_11;
};

/// (m11 - m10) - (m01 - m00): how much the second experiment's effect depends on the first.
[[nodiscard]] ZTest interaction(const CrossedCells& cells, double alpha) noexcept;

/// The first experiment's effect under each arm of the second.
struct CrossedEffects {
  ZTest without;     ///< m10 - m00
  ZTest with;        ///< m11 - m01
  ZTest difference;  ///< with - without: the interaction
};
/// Over strata within which both assignments are independent of everything else, such as pairs of phases: weighted
/// means of the strata's effects and interactions with w = 1/(1/n00 + 1/n01 + 1/n10 + 1/n11), which is blind to
/// outcomes; variance sum w^2 var / (sum w)^2. A stratum with fewer than `fewest` users (at least 2) in a cell is left
/// out; insufficient_data where none is left.
///
/// A cell's variance is the largest of its own, its row's, its column's and that of all four (each pooled about the
/// cells' means). A small cell's own goes with its mean where outcomes are rare or skewed: a cell of 20 without a buyer
/// has none, and would be certain of its mean. Never below its own, so that with many users the tests err at most as
/// often as they say whatever the treatments do to the variance; what it costs is power, most where cells are small.
[[nodiscard]] CrossedEffects crossed_effects(std::span<const CrossedCells> strata, std::int64_t fewest, double alpha);

/// Were the two assignments independent? Chi-square of the 2x2 counts, one degree of freedom, no continuity correction.
struct AssignmentTest {
  Status status = Status::no_data;
  double chi2 = undefined;
  int df = 0;
  Tail p;
};
[[nodiscard]] AssignmentTest assignment_independence(const CrossedCells& cells) noexcept;

/// The same for any number of arms, within strata: users by arm of the first experiment (rows), and of the second. The
/// statistics of Independence are added up. A stratum in which a cell expects fewer than 5 is left out;
/// insufficient_data where none is left.
[[nodiscard]] AssignmentTest assignment_independence(std::span<const CountTable> strata);

}  // namespace touchstone::stats
