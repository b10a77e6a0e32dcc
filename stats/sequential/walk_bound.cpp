#include "stats/sequential/walk_bound.hpp"

#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/numeric/root.hpp"

namespace touchstone::stats {
namespace {

constexpr double precise = 1e-14;
constexpr double highest = 38;  // a normal tail beyond this is no double

// z at which a tail that falls with z is `spend`; logarithms make tiny spends as easy as large ones. `open` is where
// the tail would be so small if nobody had stopped before. Where less than `spend` is left, everything goes.
template <class Tail>
double bound_at(const Tail& tail, double spend, double open) {
  if (!(spend > 0) || open > highest) return infinity;
  const auto gap = [&](double z) { return std::log(tail(z)) - std::log(spend); };
  double low = open;
  for (double width = 0.25; gap(low) < 0; width *= 2) {
    if (low < -highest) return -highest;
    low -= width;
  }
  return bracketed_root(gap, low, open + 1e-9, precise);
}

}  // namespace

// What is decided at a look lies where it would lie without looks before, or nearer.
double bound_above(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) + walk.centre();
  return bound_at([&](double z) { return walk.above(z); }, spend, open);
}

double bound_below(const ScoreWalk& walk, double spend) {
  const double open = normal_upper_quantile(spend) - walk.centre();
  return -bound_at([&](double z) { return walk.below(-z); }, spend, open);
}

}  // namespace touchstone::stats
