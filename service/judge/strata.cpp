#include "service/judge/strata.hpp"

#include "service/judge/gathered.hpp"

namespace touchstone::judge {
namespace {

using Pair = stats::CovariateStratum;

bool empty(const Pair& pair) { return pair.a.y.n == 0 && pair.b.y.n == 0; }

stats::Proportion proportion(const stats::RatioSums& sums) { return {static_cast<std::int64_t>(sums.y.s1), sums.y.n}; }

std::vector<stats::MeanStratum> plain(const Case& of, std::size_t metric, std::span<const Pair> pairs) {
  std::vector<stats::MeanStratum> strata;
  for (const Pair& pair : pairs) strata.push_back({moments_of(of, metric, pair.a), moments_of(of, metric, pair.b)});
  return strata;
}

}  // namespace

std::vector<Pair> pair_strata(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<Pair> strata;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) {
    const Pair pair{gathered(of, p, of.control(), metric).sums, gathered(of, p, variant, metric).sums};
    if (!empty(pair)) strata.push_back(pair);
  }
  return strata;
}

std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::span<const Pair> pairs) {
  if (of.metrics[metric].covariate) return stats::adjust(pairs, of.decimals(metric)).strata;
  return plain(of, metric, pairs);
}

std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::size_t variant) {
  return mean_strata(of, metric, pair_strata(of, metric, variant));
}

std::vector<stats::MeanStratum> plain_strata(const Case& of, std::size_t metric, std::size_t variant) {
  return plain(of, metric, pair_strata(of, metric, variant));
}

std::vector<stats::ProportionStratum> proportion_strata(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<stats::ProportionStratum> strata;
  for (const Pair& pair : pair_strata(of, metric, variant)) strata.push_back({proportion(pair.a), proportion(pair.b)});
  return strata;
}

}  // namespace touchstone::judge
