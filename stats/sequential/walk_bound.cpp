#include "stats/sequential/walk_bound.hpp"

#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"

namespace touchstone::stats {
namespace {

constexpr double highest = 38;  // a normal tail beyond this is no double

struct Step {
  double by;     // to where ln tail is what is asked, by three terms of the inverse's series
  double error;  // the order of the next term
};

// From ln tail - ln spend = gap and the derivatives of the tail.
Step step_to(double gap, const TailSlopes& at) noexcept {
  const double first = at.first / at.tail;
  const double second = at.second / at.tail - first * first;
  const double third = at.third / at.tail - 3 * first * at.second / at.tail + 2 * first * first * first;
  const double newton = gap / first;
  const double bend = second / (2 * first);
  const double twist = third / (6 * first);
  const double share = newton * bend;
  const double by = -newton * (1 + share + 2 * share * share - twist * newton * newton);
  return {by, std::abs(newton * share * share * share) + std::pow(newton, 4)};
}

// z at which a tail that falls with z is `spend`; logarithms make tiny spends as easy as large ones. `open` is where
// the tail would be so small if nobody had stopped before: the bound lies there or below. Where less than `spend` is
// left, everything goes. Steps that leave what is known of the place halve it.
template <class Tail>
double bound_at(const Tail& tail, double spend, double open) {
  if (!(spend > 0) || open > highest) return infinity;
  double low = -highest;
  double high = open + 1e-9;
  double z = open;
  while (high - low > 1e-14 * std::abs(high)) {
    const TailSlopes at = tail(z);
    const double gap = std::log(at.tail) - std::log(spend);
    (gap < 0 ? high : low) = z;
    const Step step = step_to(gap, at);
    const double next = z + step.by;
    if (step.error < 1e-16) return next;
    z = next > low && next < high ? next : (low + high) / 2;
  }
  return high;
}

}  // namespace

double bound_above(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) + walk.centre();
  return bound_at([&](double z) { return walk.slopes_above(z); }, spend, open);
}

double bound_below(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) - walk.centre();
  return -bound_at([&](double z) { return walk.slopes_below(-z); }, spend, open);
}

}  // namespace touchstone::stats
