#include "stats/bayes/shrinkage.hpp"

#include <cmath>

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {
namespace {

constexpr std::size_t kFewest = 4;

/// Mean of the variances with weights 1/(V + spread^2).
double usual_variance(std::span<const SegmentEffect> effects, double spread) noexcept {
  double weights = 0;
  double sum = 0;
  for (const SegmentEffect& effect : effects) {
    const double variance = effect.se * effect.se;
    const double weight = 1 / (variance + spread * spread);
    weights += weight;
    sum += weight * variance;
  }
  return sum / weights;
}

/// Of an estimate's variance over all effects: V/(V + spread^2).
double noise_share(const EffectPrior& prior, double se) noexcept {
  return se * se / (se * se + prior.spread * prior.spread);
}

}  // namespace

EffectPrior effect_prior(std::span<const SegmentEffect> effects) {
  EffectPrior prior;
  prior.effects = effects.size();
  const Heterogeneity found = heterogeneity(effects);
  prior.status = found.status == Status::ok && effects.size() < kFewest ? Status::insufficient_data : found.status;
  if (prior.status != Status::ok) return prior;
  prior.mean = found.random_mean;
  prior.mean_se = found.random_se;
  prior.spread = std::sqrt(found.tau2);
  prior.usual_variance = usual_variance(effects, prior.spread);
  return prior;
}

double shrinkage(const EffectPrior& prior, double se) noexcept {
  const auto k = static_cast<double>(prior.effects);
  return (k - 3) / (k - 1) * noise_share(prior, se);
}

Estimate believed_sum(const EffectPrior& prior, std::span<const SegmentEffect> chosen, double alpha) {
  Estimate sum;
  sum.status = chosen.empty() ? Status::no_data : prior.status;
  if (sum.status != Status::ok) return sum;
  const double between = prior.spread * prior.spread;
  double own = 0;     // what each effect leaves open by itself
  double shrunk = 0;  // together with noise: what hangs on the mean, whose error all share
  double noise = 0;
  double spread_part = 0;  // error of the spread, likewise
  sum.estimate = 0;
  for (const SegmentEffect& effect : chosen) {
    const double variance = effect.se * effect.se;
    const double b = shrinkage(prior, effect.se);
    const double away = effect.estimate - prior.mean;
    sum.estimate += effect.estimate - b * away;
    own += variance * (1 - b);
    shrunk += b;
    noise += noise_share(prior, effect.se);
    spread_part += b * away * std::sqrt((prior.usual_variance + between) / (variance + between));
  }
  const double spread_variance = 2 / (static_cast<double>(prior.effects) - 3) * spread_part * spread_part;
  sum.se = std::sqrt(own + shrunk * noise * prior.mean_se * prior.mean_se + spread_variance);
  const double reach = normal_upper_quantile(alpha / 2) * sum.se;
  sum.interval = {sum.estimate - reach, sum.estimate + reach};
  return sum;
}

}  // namespace touchstone::stats
