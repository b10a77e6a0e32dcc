#pragma once

#include <cstddef>
#include <span>

#include "stats/estimate.hpp"
#include "stats/fixed/heterogeneity.hpp"

namespace touchstone::stats {

/// What a collection of past effects says of the next one: true effects as draws from N(mean, spread^2). The spread is
/// DerSimonian and Laird's (1986), 0 where the effects differ by no more than chance.
struct EffectPrior {
  Status status = Status::no_data;  ///< insufficient_data below four effects: shrinkage towards a mean that is itself
                                    ///< estimated gains from four on (Efron and Morris 1975)
  std::size_t effects = 0;
  double mean = undefined;
  double mean_se = undefined;
  double spread = undefined;
  double usual_variance = undefined;  ///< of the effects' estimates, weighted by their information
};
[[nodiscard]] EffectPrior effect_prior(std::span<const SegmentEffect> effects);

/// How much of an effect's distance from the mean is taken for noise: B = (k - 3)/(k - 1) V/(V + spread^2). Where all
/// variances are equal this is James and Stein's rule towards the mean (Efron and Morris 1975).
[[nodiscard]] double shrinkage(const EffectPrior& prior, double se) noexcept;

/// The sum of some of the effects that the prior was found from, as it is to be believed: effects that were chosen
/// because they looked large are too large on average (the winner's curse), their shrunken sum is not. One effect is
/// the sum of itself. Parametric empirical Bayes, Morris 1983, section 5, with what effects share: the mean's error and
/// the spread's. E = sum of (1 - B) y + B mean; variance = sum of (1 - B) V + sum of B * sum of
/// V/(V + spread^2) * mean_se^2 + (sum of sqrt(v) (y - mean))^2 with v = 2/(k - 3) B^2 (usual_variance + spread^2)/(V +
/// spread^2). Its interval is normal.
[[nodiscard]] Estimate believed_sum(const EffectPrior& prior, std::span<const SegmentEffect> chosen, double alpha);

}  // namespace touchstone::stats
