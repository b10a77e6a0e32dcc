#include "service/judge/strata.hpp"

namespace touchstone::judge {
namespace {

struct Pair {
  const stats::Sums& control;
  const stats::Sums& treatment;
};

Pair pair(const Case& of, std::size_t phase, std::size_t metric, std::size_t variant) {
  return {of.cells.at(phase, of.control()).sums[metric], of.cells.at(phase, variant).sums[metric]};
}

bool empty(const Pair& pair) { return pair.control.n == 0 && pair.treatment.n == 0; }

stats::Proportion proportion(const stats::Sums& sums) { return {static_cast<std::int64_t>(sums.s1), sums.n}; }

}  // namespace

std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::size_t variant) {
  const int decimals = of.decimals(metric);
  std::vector<stats::MeanStratum> strata;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p)
    if (const Pair arms = pair(of, p, metric, variant); !empty(arms))
      strata.push_back({stats::moments(arms.control, decimals), stats::moments(arms.treatment, decimals)});
  return strata;
}

std::vector<stats::ProportionStratum> proportion_strata(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<stats::ProportionStratum> strata;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p)
    if (const Pair arms = pair(of, p, metric, variant); !empty(arms))
      strata.push_back({proportion(arms.control), proportion(arms.treatment)});
  return strata;
}

}  // namespace touchstone::judge
