#pragma once

#include <cstdint>

#include "stats/fixed/z_test.hpp"

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

/// Were the two assignments independent? Chi-square of the 2x2 counts, one degree of freedom, no continuity correction.
struct AssignmentTest {
  Status status = Status::no_data;
  double chi2 = undefined;
  Tail p;
};
[[nodiscard]] AssignmentTest assignment_independence(const CrossedCells& cells) noexcept;

}  // namespace touchstone::stats
