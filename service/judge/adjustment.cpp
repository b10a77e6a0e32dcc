#include "service/judge/adjustment.hpp"

#include "service/judge/figure.hpp"
#include "service/judge/gathered.hpp"
#include "service/judge/strata.hpp"
#include "service/judge/watch.hpp"
#include "stats/effect.hpp"

namespace touchstone::judge {
namespace {

std::string told(stats::Status status) {
  return status == stats::Status::zero_variance ? "covariate_constant" : std::string(stats::name(status));
}

double square(double value) { return value * value; }

std::vector<stats::MeanStratum> covariates(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<stats::MeanStratum> strata;
  for (const auto& pair : pair_strata(of, metric, variant))
    strata.push_back({stats::moments(pair.a.x, of.decimals(metric)), stats::moments(pair.b.x, of.decimals(metric))});
  return strata;
}

void describe_arm(const Case& of, std::size_t metric, std::size_t variant, std::size_t arm, Adjustment& made) {
  const Gathered found = gathered(of, variant, metric);
  if (!found.bins.empty()) made.without_history.at(arm) = static_cast<std::uint64_t>(found.bins[kWithoutHistory]);
  if (found.sums.x.n > 0) made.mean.at(arm) = stats::moments(found.sums.x, of.decimals(metric)).mean;
}

}  // namespace

Adjustment adjustment(const Case& of, const Comparison& made) {
  const auto found = stats::adjust(pair_strata(of, made.metric, made.variant), of.decimals(made.metric));
  const stats::Effect without = stats::compare_means(plain_strata(of, made.metric, made.variant), of.plan().alpha);
  Adjustment told_of;
  told_of.status = told(found.status);
  told_of.absolute = interval(without.absolute);
  told_of.relative = interval(without.relative);
  told_of.p = figure(without.absolute.p);
  describe_arm(of, made.metric, of.control(), 0, told_of);
  describe_arm(of, made.metric, made.variant, 1, told_of);
  if (found.status != stats::Status::ok) return told_of;
  told_of.slope = figure(found.slope);
  told_of.correlation = figure(found.correlation);
  told_of.variance_reduction = figure(1 - square(made.fixed.absolute.se / without.absolute.se));
  return told_of;
}

double imbalance_p(const Case& of, std::size_t metric, std::size_t variant) {
  if (storage::walks_by_ticks(of.plan().method)) return watched_imbalance(of, metric, variant);
  const std::vector<stats::MeanStratum> strata = covariates(of, metric, variant);
  if (of.plan().method.id == "fixed-horizon") return stats::compare_means(strata, of.plan().alpha).absolute.p;
  return stats::always_valid_means(strata, {of.plan().alpha, of.planned_pair().value_or(kTypicalSize)}).absolute.p;
}

}  // namespace touchstone::judge
