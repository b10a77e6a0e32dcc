#include "stats/fixed/interaction.hpp"

#include <algorithm>
#include <cmath>

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

/// Squares about the means of some cells, and their degrees of freedom.
struct Spread {
  double squares = 0;
  double freedom = 0;

  explicit Spread(const CrossedCell& cell) noexcept
      : squares(cell.variance * (count(cell) - 1)), freedom(count(cell) - 1) {}
  Spread& operator+=(const Spread& other) noexcept {
    squares += other.squares;
    freedom += other.freedom;
    return *this;
  }
  friend Spread operator+(Spread a, const Spread& b) noexcept { return a += b; }
  [[nodiscard]] double variance() const noexcept { return squares / freedom; }
};

/// With each cell's variance raised to that of its row, of its column, or of all four, whichever is largest.
CrossedCells raised(CrossedCells c) noexcept {
  const Spread row_0 = Spread(c.cell_00) + Spread(c.cell_01);
  const Spread row_1 = Spread(c.cell_10) + Spread(c.cell_11);
  const Spread column_0 = Spread(c.cell_00) + Spread(c.cell_10);
  const Spread column_1 = Spread(c.cell_01) + Spread(c.cell_11);
  const double all = (row_0 + row_1).variance();
  const auto raise = [all](CrossedCell& cell, const Spread& row, const Spread& column) {
    cell.variance = std::max({cell.variance, row.variance(), column.variance(), all});
  };
  raise(c.cell_00, row_0, column_0);
  raise(c.cell_01, row_0, column_1);
  raise(c.cell_10, row_1, column_0);
  raise(c.cell_11, row_1, column_1);
  return c;
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
  for (const CrossedCells& cells : strata) {
    if (smallest(cells) < fewest) continue;
    const CrossedCells stratum = raised(cells);
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

AssignmentTest assignment_independence(std::span<const CountTable> strata) {
  constexpr double enough = 5;
  AssignmentTest test;
  double chi2 = 0;
  for (const CountTable& table : strata) {
    const Independence one = independence(table);
    if (one.least_expected < enough) continue;
    chi2 += one.chi2;
    test.df += one.df;
  }
  test.status = test.df > 0 ? Status::ok : Status::insufficient_data;
  if (test.status != Status::ok) return test;
  test.chi2 = chi2;
  test.p = chi_square_upper(chi2, test.df);
  return test;
}

}  // namespace touchstone::stats
