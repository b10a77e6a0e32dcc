#pragma once

#include <span>
#include <vector>

#include "stats/fixed/ratio.hpp"
#include "stats/strata.hpp"

/// CUPED for whatever compares means: values whose part that the covariate foretold is taken out, with third moments.
namespace touchstone::stats {

/// Control and treatment within one stratum: y the figure, x the covariate, from before exposure.
struct CovariateStratum {
  RatioSums a;
  RatioSums b;
};

/// Fewer units than that in an arm tell no slope.
inline constexpr std::int64_t kSlopeUnits = 20;

struct CovariateAdjustment {
  /// ok; insufficient_data below kSlopeUnits in an arm; zero_variance where the covariate is the same for everybody.
  /// Otherwise than ok the slope is 0, and the strata hold y as it is.
  Status status = Status::no_data;
  double slope = 0;                ///< within arms and strata: sum Cxy / sum Mxx
  double correlation = undefined;  ///< likewise: sum Cxy / sqrt(sum Mxx sum Myy)
  std::vector<MeanStratum> strata;
};

/// y - slope (x - mean x of the stratum over both arms): the means of control and treatment differ by the effect, as y
/// does, with 1 - correlation^2 of its variance (Deng, Xu, Kohavi, Walker 2013). One slope for all, from all units so
/// far: asymptotic. A ratio of such means leaves out that both share the stratum's mean x, which matters for large
/// changes with a close covariate alone: by L^2 r^2/(4 (1 - r^2)) of the variance at a change of L and an even split.
[[nodiscard]] CovariateAdjustment adjust(std::span<const CovariateStratum> strata, int decimals);

}  // namespace touchstone::stats
