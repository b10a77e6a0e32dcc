#include "service/judge/strata.hpp"

#include "service/judge/gathered.hpp"

namespace touchstone::judge {
namespace {

struct Pair {
  stats::RatioSums control;
  stats::RatioSums treatment;
};

Pair pair(const Case& of, std::size_t phase, std::size_t metric, std::size_t variant) {
  return {gathered(of, phase, of.control(), metric).sums, gathered(of, phase, variant, metric).sums};
}

bool empty(const Pair& pair) { return pair.control.y.n == 0 && pair.treatment.y.n == 0; }

stats::Proportion proportion(const stats::RatioSums& sums) { return {static_cast<std::int64_t>(sums.y.s1), sums.y.n}; }

}  // namespace

std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<stats::MeanStratum> strata;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p)
    if (const Pair arms = pair(of, p, metric, variant); !empty(arms))
      strata.push_back({moments_of(of, metric, arms.control), moments_of(of, metric, arms.treatment)});
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
