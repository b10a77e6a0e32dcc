#include "service/judge/capping.hpp"

#include <algorithm>
#include <cmath>

#include "service/judge/comparison.hpp"
#include "service/judge/figure.hpp"
#include "stats/effect.hpp"

namespace touchstone::judge {
namespace {

std::size_t cell_of(const Case& of, std::size_t phase, std::size_t variant) {
  return phase * of.cells.shape.variants + variant;
}

std::uint64_t above(const Case& of, const Capped& capped, std::size_t variant) {
  std::int64_t units = 0;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) units += capped.above[cell_of(of, p, variant)];
  return static_cast<std::uint64_t>(units);
}

stats::Effect uncapped(const Case& of, const Capped& capped, std::size_t variant) {
  const auto moments = [&](std::size_t phase, std::size_t arm) {
    return stats::moments(capped.uncapped[cell_of(of, phase, arm)], of.decimals(capped.metric));
  };
  std::vector<stats::MeanStratum> strata;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) {
    const stats::MeanStratum stratum{moments(p, of.control()), moments(p, variant)};
    if (stratum.a.n + stratum.b.n > 0) strata.push_back(stratum);
  }
  return stats::compare_means(strata, of.plan().alpha);
}

}  // namespace

Capping capping(const Case& of, std::size_t metric, std::size_t variant) {
  Capping made;
  made.percentile = of.metrics[metric].pooled_cap->percentile;
  const auto capped = std::ranges::find(of.facts.caps, metric, &Capped::metric);
  if (capped == of.facts.caps.end()) return made;
  if (capped->cap) made.cap = static_cast<double>(*capped->cap) / std::pow(10.0, of.decimals(metric));
  made.units = {above(of, *capped, of.control()), above(of, *capped, variant)};
  const stats::Effect without = uncapped(of, *capped, variant);
  made.absolute = interval(without.absolute);
  made.relative = interval(without.relative);
  made.p = figure(without.absolute.p);
  return made;
}

}  // namespace touchstone::judge
