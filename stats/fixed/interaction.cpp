#include "stats/fixed/interaction.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "stats/distribution/gamma.hpp"
#include "stats/numeric/products.hpp"

namespace touchstone::stats {
namespace {

double count(const CrossedCell& cell) noexcept { return static_cast<double>(cell.n); }
double mean_variance(const CrossedCell& cell) noexcept { return cell.variance / count(cell); }

double weight_of(const CrossedCells& c) noexcept {
  return 1 / (1 / count(c.cell_00) + 1 / count(c.cell_01) + 1 / count(c.cell_10) + 1 / count(c.cell_11));
}
std::int64_t smallest(const CrossedCells& c) noexcept {
  return std::min({c.cell_00.n, c.cell_01.n, c.cell_10.n, c.cell_11.n});
}

struct Contrast {
  double estimate = 0;
  double variance = 0;
};
Contrast contrast(const CrossedCell& a, const CrossedCell& b) noexcept {
  return {b.mean - a.mean, mean_variance(a) + mean_variance(b)};
}

/// A weighted mean of contrasts.
class Weighted {
 public:
  void add(double weight, const Contrast& one) noexcept {
    weights_ += weight;
    sum_ += weight * one.estimate;
    variance_ += weight * weight * one.variance;
  }
  [[nodiscard]] ZTest test(double alpha) const noexcept {
    if (weights_ > 0) return z_test(sum_ / weights_, std::sqrt(variance_) / weights_, alpha);
    ZTest nothing;
    nothing.status = Status::insufficient_data;
    return nothing;
  }

 private:
  double weights_ = 0;
  double sum_ = 0;
  double variance_ = 0;
};

/// Sums of the rows and columns and columns with anybody, and their sums.
struct Margins {
  std::vector<double> rows;
  std::vector<double> columns;
  double all = 0;
};
Margins margins_of(const CrossedCounts& table) {
  Margins margins;
  for (const auto& row : table) {
    margins.columns.resize(std::max(margins.columns.size(), row.size()));
    double& sum = margins.rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      sum += static_cast<double>(row[c]);
      margins.columns[c] += static_cast<double>(row[c]);
    }
    margins.all += sum;
  }
  return margins;
}

/// The least that a cell expects, of rows and columns with anybody.
double least_expected(const Margins& margins) {
  const auto least = [](const std::vector<double>& sums) {
    double found = infinity;
    for (const double sum : sums)
      if (sum > 0) found = std::min(found, sum);
    return found;
  };
  return least(margins.rows) / margins.all * least(margins.columns);
}

int freedom(const Margins& margins) {
  const auto present = [](const std::vector<double>& sums) {
    return static_cast<int>(std::ranges::count_if(sums, [](double sum) { return sum > 0; }));
  };
  return (present(margins.rows) - 1) * (present(margins.columns) - 1);
}

double chi_square(const CrossedCounts& table, const Margins& margins) {
  double chi2 = 0;
  for (std::size_t r = 0; r < table.size(); ++r)
    for (std::size_t c = 0; c < table[r].size(); ++c)
      if (const double expected = margins.rows[r] / margins.all * margins.columns[c]; expected > 0)
        chi2 +=
            (static_cast<double>(table[r][c]) - expected) * (static_cast<double>(table[r][c]) - expected) / expected;
  return chi2;
}

}  // namespace

ZTest interaction(const CrossedCells& c, double alpha) noexcept {
  const double estimate = (c.cell_11.mean - c.cell_10.mean) - (c.cell_01.mean - c.cell_00.mean);
  const double variance =
      mean_variance(c.cell_00) + mean_variance(c.cell_01) + mean_variance(c.cell_10) + mean_variance(c.cell_11);
  return z_test(estimate, std::sqrt(variance), alpha);
}

CrossedEffects crossed_effects(std::span<const CrossedCells> strata, std::int64_t fewest, double alpha) {
  Weighted without;
  Weighted with;
  Weighted difference;
  for (const CrossedCells& stratum : strata) {
    if (smallest(stratum) < fewest) continue;
    const double weight = weight_of(stratum);
    const Contrast alone = contrast(stratum.cell_00, stratum.cell_10);
    const Contrast beside = contrast(stratum.cell_01, stratum.cell_11);
    without.add(weight, alone);
    with.add(weight, beside);
    difference.add(weight, {beside.estimate - alone.estimate, beside.variance + alone.variance});
  }
  return {without.test(alpha), with.test(alpha), difference.test(alpha)};
}

AssignmentTest assignment_independence(const CrossedCells& c) noexcept {
  AssignmentTest test;
  const double first_0 = count(c.cell_00) + count(c.cell_01);
  const double first_1 = count(c.cell_10) + count(c.cell_11);
  const double second_0 = count(c.cell_00) + count(c.cell_10);
  const double second_1 = count(c.cell_01) + count(c.cell_11);
  const double total = first_0 + first_1;
  if (total == 0) return test;
  test.status = first_0 > 0 && first_1 > 0 && second_0 > 0 && second_1 > 0 ? Status::ok : Status::insufficient_data;
  if (test.status != Status::ok) return test;
  const double cross = difference_of_products(count(c.cell_00), count(c.cell_11), count(c.cell_01), count(c.cell_10));
  test.chi2 = total * (cross / first_0 / first_1) * (cross / second_0 / second_1);
  test.df = 1;
  test.p = chi_square_upper(test.chi2, test.df);
  return test;
}

AssignmentTest assignment_independence(std::span<const CrossedCounts> strata) {
  constexpr double enough = 5;
  AssignmentTest test;
  double chi2 = 0;
  for (const CrossedCounts& table : strata) {
    const Margins margins = margins_of(table);
    if (margins.all == 0 || least_expected(margins) < enough) continue;
    chi2 += chi_square(table, margins);
    test.df += freedom(margins);
  }
  test.status = test.df > 0 ? Status::ok : Status::insufficient_data;
  if (test.status != Status::ok) return test;
  test.chi2 = chi2;
  test.p = chi_square_upper(chi2, test.df);
  return test;
}

}  // namespace touchstone::stats
