#include "stats/bayes/gamma_poisson.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/distribution/beta.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/srm.hpp"

namespace touchstone::stats {
namespace {

// E max(low - high, 0) where `low` has the lower mean: the part of the tail where it wins after all.
double upset_loss(const GammaPosterior& low, const GammaPosterior& high, const Tail& low_wins) noexcept {
  const double total = low.rate + high.rate;
  const UnitPoint at{low.rate / total, high.rate / total};
  const double density = std::exp(beta_log_density_logit(low.shape, high.shape, at));
  return density * (1 / low.rate + 1 / high.rate) - (high.mean() - low.mean()) * low_wins.p;
}

}  // namespace

GammaPosterior posterior(std::int64_t events, double exposure, const GammaPosterior& prior) noexcept {
  return {prior.shape + static_cast<double>(events), prior.rate + exposure};
}

PosteriorComparison compare(const GammaPosterior& a, const GammaPosterior& b) noexcept {
  PosteriorComparison result;
  result.status = Status::ok;
  const double total = a.rate + b.rate;
  const UnitPoint at{a.rate / total, b.rate / total};
  result.better = beta_lower(a.shape, b.shape, at);
  result.worse = beta_upper(a.shape, b.shape, at);
  result.difference = b.mean() - a.mean();
  if (result.difference >= 0) {
    result.loss_b = upset_loss(a, b, result.worse);
    result.loss_a = result.loss_b + result.difference;
  } else {
    result.loss_a = upset_loss(b, a, result.better);
    result.loss_b = result.loss_a - result.difference;
  }
  return result;
}

RateTest compare_rates(std::int64_t events_a, double exposure_a, std::int64_t events_b, double exposure_b) noexcept {
  RateTest test;
  const double exposure = exposure_a + exposure_b;
  if (!(exposure > 0)) return test;
  test.status = Status::ok;
  const UnitPoint share{exposure_b / exposure, exposure_a / exposure};
  const auto a = static_cast<double>(events_a);
  const auto b = static_cast<double>(events_b);
  test.greater = events_b > 0 ? beta_lower(b, a + 1, share) : Tail{1, 0};
  test.less = events_a > 0 ? beta_upper(b + 1, a, share) : Tail{1, 0};
  test.p_two_sided = std::min(1.0, 2 * std::min(test.greater.p, test.less.p));
  return test;
}

double rates_log_e(std::int64_t events_a, double exposure_a, std::int64_t events_b, double exposure_b,
                   double concentration) noexcept {
  const std::array counts{events_a, events_b};
  const std::array exposures{exposure_a, exposure_b};
  return srm_log_e(counts, exposures, concentration);
}

}  // namespace touchstone::stats
