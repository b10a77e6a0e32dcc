#include "stats/independence.hpp"

#include <algorithm>
#include <cstddef>

namespace touchstone::stats {
namespace {

struct Margins {
  std::vector<double> rows;
  std::vector<double> columns;
  double all = 0;

  explicit Margins(const CountTable& table) {
    for (const auto& row : table) {
      columns.resize(std::max(columns.size(), row.size()));
      double& sum = rows.emplace_back();
      for (std::size_t c = 0; c < row.size(); ++c) {
        sum += static_cast<double>(row[c]);
        columns[c] += static_cast<double>(row[c]);
      }
      all += sum;
    }
  }
};

int present(const std::vector<double>& sums) {
  return static_cast<int>(std::ranges::count_if(sums, [](double sum) { return sum > 0; }));
}

}  // namespace

Independence independence(const CountTable& table) {
  const Margins margins(table);
  Independence test;
  if (margins.all == 0) return test;
  test.df = (present(margins.rows) - 1) * (present(margins.columns) - 1);
  for (std::size_t r = 0; r < table.size(); ++r)
    for (std::size_t c = 0; c < table[r].size(); ++c) {
      const double expected = margins.rows[r] * margins.columns[c] / margins.all;
      if (expected == 0) continue;
      const double beyond = static_cast<double>(table[r][c]) - expected;
      test.chi2 += beyond * beyond / expected;
      test.least_expected = std::min(test.least_expected, expected);
    }
  return test;
}

}  // namespace touchstone::stats
