#include "service/judge/simpson.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <string>

#include "service/judge/doubts.hpp"
#include "service/judge/figure.hpp"
#include "service/judge/gathered.hpp"
#include "service/judge/strata.hpp"
#include "stats/effect.hpp"

namespace touchstone::judge {
namespace {

using Strata = std::vector<stats::MeanStratum>;

stats::Estimate change(const Strata& strata) { return stats::compare_means(strata, kDoubtLimit).absolute; }

bool opposite(double a, double b) { return (a > 0 && b < 0) || (a < 0 && b > 0); }

stats::MeanStratum stratum(const Case& of, std::size_t metric, const stats::RatioSums& a, const stats::RatioSums& b) {
  return {moments_of(of, metric, a), moments_of(of, metric, b)};
}

/// One treatment's totals, and what they are made of.
struct Turn {
  stats::Estimate together;
  stats::Estimate within;
  bool turns = false;
};

void tell(Check& check, const Turn& turn, std::string_view parts, std::size_t treatments, const std::string& variant) {
  check.figures.push_back({"added_up:" + variant, figure(turn.together.estimate)});
  check.figures.push_back({std::string("within_").append(parts) + ":" + variant, figure(turn.within.estimate)});
  const double less_certain = std::max(turn.together.p, turn.within.p);
  lower(check, turn.turns || std::isnan(less_certain) ? less_certain : 1, treatments, variant);
}

Turn over_phases(const Case& of, std::size_t metric, std::size_t variant) {
  Turn turn;
  turn.together =
      change({stratum(of, metric, gathered(of, of.control(), metric).sums, gathered(of, variant, metric).sums)});
  turn.within = change(plain_strata(of, metric, variant));
  turn.turns = opposite(turn.together.estimate, turn.within.estimate);
  return turn;
}

/// The planned segments of one attribute, as they are judged.
using Group = std::vector<Case>;

stats::RatioSums total(const Group& group, std::size_t phase, std::size_t variant, std::size_t metric) {
  stats::RatioSums sums;
  for (const Case& segment : group) sums.merge(gathered(segment, phase, variant, metric).sums);
  return sums;
}

Turn over_segments(const Group& group, std::size_t metric, std::size_t variant) {
  const Case& any = group.front();
  Strata together;
  Strata within;
  Turn turn;
  for (std::size_t p = 0; p < any.cells.shape.phases; ++p)
    together.push_back(stratum(any, metric, total(group, p, any.control(), metric), total(group, p, variant, metric)));
  for (const Case& segment : group)
    for (const stats::MeanStratum& part : plain_strata(segment, metric, variant)) within.push_back(part);
  turn.together = change(together);
  turn.within = change(within);
  turn.turns =
      opposite(turn.together.estimate, turn.within.estimate) && std::ranges::none_of(group, [&](const Case& segment) {
        return opposite(change(plain_strata(segment, metric, variant)).estimate, turn.within.estimate);
      });
  return turn;
}

Check simpson_of(const Group& group, const std::string& attribute, std::size_t metric) {
  const Case& any = group.front();
  Check check = measured("simpson", std::nullopt, kDoubtLimit);
  check.metric = any.metrics[metric].key;
  check.attribute = attribute;
  for (const std::size_t v : any.treatments())
    tell(check, over_segments(group, metric, v), "segments", any.treatments().size(), any.experiment.variants[v].key);
  finish(check);
  return check;
}

}  // namespace

Check simpson_of_phases(const Case& of, std::size_t metric) {
  Check check = measured("simpson", std::nullopt, kDoubtLimit);
  check.metric = of.metrics[metric].key;
  for (const std::size_t v : of.treatments())
    tell(check, over_phases(of, metric, v), "phases", of.treatments().size(), of.experiment.variants[v].key);
  finish(check);
  return check;
}

std::vector<Check> simpson_of_segments(const Case& of, std::size_t metric) {
  const auto& planned = of.plan().segments;
  std::vector<Check> all;
  if (of.facts.segments.size() != planned.size() || of.metrics[metric].pooled_cap) return all;
  std::map<std::string, Group> groups;
  for (std::size_t i = 0; i < planned.size(); ++i)
    groups[planned[i].attribute].push_back({of.experiment, of.metrics, of.facts.segments[i].cells, of.facts, of.asked});
  for (const auto& [attribute, group] : groups)
    if (group.size() > 1) all.push_back(simpson_of(group, attribute, metric));
  return all;
}

}  // namespace touchstone::judge
