#include "stats/fixed/interaction.hpp"

#include <cmath>

#include "stats/distribution/gamma.hpp"
#include "stats/numeric/products.hpp"

namespace touchstone::stats {
namespace {

double count(const CrossedCell& cell) noexcept { return static_cast<double>(cell.n); }
double mean_variance(const CrossedCell& cell) noexcept { return cell.variance / count(cell); }

}  // namespace

ZTest interaction(const CrossedCells& c, double alpha) noexcept {
  const double estimate = (c.cell_11.mean - c.cell_10.mean) - (c.cell_01.mean - c.cell_00.mean);
  const double variance =
      mean_variance(c.cell_00) + mean_variance(c.cell_01) + mean_variance(c.cell_10) + mean_variance(c.cell_11);
  return z_test(estimate, std::sqrt(variance), alpha);
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
  test.p = chi_square_upper(test.chi2, 1);
  return test;
}

}  // namespace touchstone::stats
