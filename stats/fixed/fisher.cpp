#include "stats/fixed/fisher.hpp"

#include <algorithm>
#include <cmath>

#include "stats/numeric/binomial.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

// The table's free cell: conversions of B, given the margins.
struct Margins {
  double total;
  double converted;
  double in_b;

  [[nodiscard]] double least() const noexcept { return std::max(0.0, converted + in_b - total); }
  [[nodiscard]] double most() const noexcept { return std::min(converted, in_b); }
  [[nodiscard]] double log_pmf(double x) const noexcept { return hypergeometric_log_pmf(x, total, converted, in_b); }
  // P(x + 1) / P(x).
  [[nodiscard]] double ratio_up(double x) const noexcept {
    return (converted - x) / (x + 1) * ((in_b - x) / (total - converted - in_b + x + 1));
  }
};

// Sum of P(from), P(from + step), ... away from the mode, relative to P(from): the terms fall, and end where they are
// below the last digit, or with the support, where the ratio is zero.
double sum_outwards(const Margins& m, double from, int step) noexcept {
  double sum = 0;
  double term = 1;
  for (double x = from; term > sum * 1e-18; x += step) {
    sum += term;
    term *= step > 0 ? m.ratio_up(x) : 1 / m.ratio_up(x - 1);
  }
  return sum;
}

double log_sum(const Margins& m, double from, int step) noexcept {
  if (from < m.least() || from > m.most()) return -infinity;
  return m.log_pmf(from) + std::log(sum_outwards(m, from, step));
}

// P(X >= x): by the shorter way round the mode.
Tail upper(const Margins& m, double x) noexcept {
  const double mode = std::floor((m.converted + 1) * (m.in_b + 1) / (m.total + 2));
  if (x > mode) return tail_of_log(log_sum(m, x, 1));
  const double rest = std::exp(log_sum(m, x - 1, -1));
  return tail_of(1 - rest, rest);
}
Tail lower(const Margins& m, double x) noexcept {
  return upper({m.total, m.converted, m.total - m.in_b}, m.converted - x);
}

// The first table on the other side of the mode that is no likelier than the observed one; likelihood falls away from
// the mode, so bisection finds it.
double opposite(const Margins& m, double x, double slack_level) noexcept {
  const double mode = std::floor((m.converted + 1) * (m.in_b + 1) / (m.total + 2));
  const bool above = x > mode;
  double inside = mode;
  double outside = above ? m.least() - 1 : m.most() + 1;
  while (std::abs(outside - inside) > 1) {
    const double middle = std::floor((inside + outside) / 2);
    (m.log_pmf(middle) <= slack_level ? outside : inside) = middle;
  }
  return outside;
}

Tail two_sided(const Margins& m, double x) noexcept {
  constexpr double slack = 1e-7;
  const double mode = std::floor((m.converted + 1) * (m.in_b + 1) / (m.total + 2));
  const double level = m.log_pmf(x) + std::log1p(slack);
  if (m.log_pmf(mode) <= level) return {1, 0};
  const double other = opposite(m, x, level);
  const double near_side = x > mode ? log_sum(m, x, 1) : log_sum(m, x, -1);
  const double far_side = x > mode ? log_sum(m, other, -1) : log_sum(m, other, 1);
  return tail_of_log(log_add(near_side, far_side));
}

}  // namespace

double hypergeometric_log_pmf(double x, double total, double marked, double drawn) noexcept {
  if (x < 0 || x > marked || x > drawn || drawn - x > total - marked) return -infinity;
  if (drawn == 0 || drawn == total) return 0;
  const double p = drawn / total;
  const double q = (total - drawn) / total;
  return binomial_log_pmf(x, marked, p, q) + binomial_log_pmf(drawn - x, total - marked, p, q) -
         binomial_log_pmf(drawn, total, p, q);
}

FisherTest fisher(const Proportion& a, const Proportion& b) {
  FisherTest test;
  if (a.units <= 0 || b.units <= 0) {
    test.status = a.units + b.units > 0 ? Status::insufficient_data : Status::no_data;
    return test;
  }
  test.status = Status::ok;
  const Margins m{a.count() + b.count(), static_cast<double>(a.conversions + b.conversions), b.count()};
  const auto x = static_cast<double>(b.conversions);
  test.two_sided = two_sided(m, x);
  test.greater = upper(m, x);
  test.less = lower(m, x);
  const double half = 0.5 * std::exp(m.log_pmf(x));
  test.mid_p_two_sided = std::min(1.0, 2 * std::min(test.greater.p - half, test.less.p - half));
  return test;
}

}  // namespace touchstone::stats
