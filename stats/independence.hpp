#pragma once

#include <cstdint>
#include <vector>

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// Users by row and by column; each row has as many columns.
using CountTable = std::vector<std::vector<std::int64_t>>;

/// Pearson's chi-square of a table: has the row nothing to do with the column? Rows and columns without anybody do not
/// count. Statistics and degrees of freedom of independent tables add up.
struct Independence {
  double chi2 = 0;
  int df = 0;                        ///< (rows - 1)(columns - 1)
  double least_expected = infinity;  ///< of any cell; below 5 the chi-square is a poor description (Cochran 1954)
};
[[nodiscard]] Independence independence(const CountTable& table);

}  // namespace touchstone::stats
