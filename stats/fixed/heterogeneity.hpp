#pragma once

#include <span>
#include <vector>

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// One segment's effect with its standard error, se > 0.
struct SegmentEffect {
  double estimate = undefined;
  double se = undefined;
};

/// Do segments differ by more than chance? Cochran's Q (1954), I^2 (Higgins and Thompson 2002), the spread tau^2 of
/// true effects by DerSimonian and Laird 1986, and each segment's effect shrunk towards the common mean by what the
/// data say about that spread (normal-normal empirical Bayes): what to believe of a segment that was picked because it
/// looks best.
struct Heterogeneity {
  Status status = Status::no_data;
  double fixed_mean = undefined;
  double fixed_se = undefined;
  double q = undefined;
  int df = 0;
  Tail p;
  double i2 = undefined;
  double tau2 = undefined;
  double random_mean = undefined;
  double random_se = undefined;
  std::vector<double> shrunk;
};
[[nodiscard]] Heterogeneity heterogeneity(std::span<const SegmentEffect> segments);

}  // namespace touchstone::stats
