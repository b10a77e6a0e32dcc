#include "stats/fixed/covariate.hpp"

#include <algorithm>
#include <cmath>

#include "stats/fixed/cuped.hpp"

namespace touchstone::stats {
namespace {

// Below this share of the squares of y what is left of the cubes is rounding.
constexpr double cubes_are_noise = 1e-9;

PairMoments pair(const RatioSums& arm, int decimals) noexcept {
  return moments(PairSums{arm.y, arm.x, arm.cross.xy}, decimals, decimals);
}

struct Pairs {
  PairMoments a;
  PairMoments b;
};

// What is summed within arms and strata.
struct Within {
  std::int64_t units_a = 0;
  std::int64_t units_b = 0;
  double yy = 0;
  double xx = 0;
  double xy = 0;

  void add(const PairMoments& arm) noexcept {
    yy += arm.y.m2;
    xx += arm.x.m2;
    xy += arm.cxy;
  }
};

Within within(std::span<const Pairs> strata) noexcept {
  Within sum;
  for (const Pairs& s : strata) {
    sum.units_a += s.a.y.n;
    sum.units_b += s.b.y.n;
    sum.add(s.a);
    sum.add(s.b);
  }
  return sum;
}

Status status_of(const Within& sum) noexcept {
  if (sum.units_a + sum.units_b == 0) return Status::no_data;
  if (std::min(sum.units_a, sum.units_b) < kSlopeUnits) return Status::insufficient_data;
  return sum.xx > 0 ? Status::ok : Status::zero_variance;
}

// `above`: the arm's mean x less the stratum's.
Moments adjusted(const RatioSums& arm, const PairMoments& known, double slope, double above, int decimals) noexcept {
  Moments made = known.y;
  made.mean -= slope * above;
  made.m2 = residual_m2(known, slope);
  made.m3 = made.m2 > cubes_are_noise * known.y.m2 ? linearised(arm, slope, decimals, decimals).m3 : 0;
  return made;
}

MeanStratum adjusted(const CovariateStratum& sums, const Pairs& known, double slope, int decimals) noexcept {
  if (slope == 0) return {known.a.y, known.b.y};
  const bool both = known.a.x.n > 0 && known.b.x.n > 0;
  const double apart = both ? mean_difference(known.a.x, known.b.x) : 0;
  const double share_b = known.b.x.count() / (known.a.x.count() + known.b.x.count());
  return {adjusted(sums.a, known.a, slope, -apart * share_b, decimals),
          adjusted(sums.b, known.b, slope, apart * (1 - share_b), decimals)};
}

}  // namespace

CovariateAdjustment adjust(std::span<const CovariateStratum> strata, int decimals) {
  std::vector<Pairs> known;
  for (const CovariateStratum& s : strata) known.push_back({pair(s.a, decimals), pair(s.b, decimals)});
  const Within sum = within(known);
  CovariateAdjustment made;
  made.status = status_of(sum);
  if (made.status == Status::ok) {
    made.slope = sum.xy / sum.xx;
    if (sum.yy > 0) made.correlation = sum.xy / std::sqrt(sum.xx * sum.yy);
  }
  for (std::size_t s = 0; s < known.size(); ++s)
    made.strata.push_back(adjusted(strata[s], known[s], made.slope, decimals));
  return made;
}

}  // namespace touchstone::stats
