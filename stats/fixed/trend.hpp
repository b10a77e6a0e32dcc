#pragma once

#include <span>

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// An effect among those who entered about `at`, with its standard error, se > 0.
struct TrendPoint {
  double at = undefined;
  double estimate = undefined;
  double se = undefined;
};

/// Does an effect drift? The straight line through independent effects, weighted by 1/se^2 with the standard errors
/// taken as known: slope sum w (t - mean t) d / sum w (t - mean t)^2, its variance 1 / sum w (t - mean t)^2. Novelty
/// wears off, what must be learned comes slowly; either bends the line (Kohavi, Tang, Xu 2020, ch. 23).
///
/// As points are added in order of time, R = sum w (t - mean t) d moves by independent steps of mean 0 whose variances
/// add up to S = sum w (t - mean t)^2, as long as the effect is steady: each new point is held against the mean of
/// those before. So the mixture of likelihood ratios exp(b R - b^2 S/2) over slopes b ~ N(0, scale^2), averaged over
/// seven scales from 1 to a thousandth, is an e-value at every look (Robbins 1970).
struct Trend {
  Status status = Status::no_data;  ///< insufficient_data below three points, or all of one time
  double slope = undefined;         ///< per one of `at`
  double slope_se = undefined;
  Tail p;                    ///< two-sided normal: the slope is zero, at one look
  Tail anytime;              ///< the same at every look
  double first = undefined;  ///< on the line, at the earliest point
  double last = undefined;   ///< at the latest
};
/// `unit`: a slope beyond any that is looked for, fixed before.
[[nodiscard]] Trend trend(std::span<const TrendPoint> points, double unit) noexcept;

}  // namespace touchstone::stats
