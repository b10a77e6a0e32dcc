#include "service/judge/interactions.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "service/judge/case.hpp"
#include "service/judge/figure.hpp"
#include "stats/fixed/interaction.hpp"
#include "stats/moments.hpp"
#include "stats/multiplicity.hpp"

namespace touchstone::judge {
namespace {

Interval interval_of(const stats::ZTest& test) {
  return {std::string(stats::name(test.status)), figure(test.estimate), figure(test.interval.low),
          figure(test.interval.high)};
}

/// Which cells of the two experiments are compared.
struct Corner {
  std::size_t goal = 0;
  std::size_t variant = 0;
  std::size_t other_variant = 0;
};

stats::CrossedCell cell_of(const CrossedUnits::Cell& cell, std::size_t goal, int decimals) {
  const stats::Moments moments = stats::moments(cell.sums[goal], decimals);
  return {moments.n, moments.mean, moments.variance()};
}

stats::CrossedEffects effects_of(const GoalUnits& own, const storage::Experiment& other, const CrossedUnits& crossed,
                                 const Corner& at) {
  const int decimals = amount_decimals(own.goals[at.goal]);
  const std::size_t control = control_of(own.experiment);
  const std::size_t other_control = control_of(other);
  std::vector<stats::CrossedCells> strata;
  for (std::size_t s = 0; s < crossed.strata; ++s) {
    const auto cell = [&](std::size_t variant, std::size_t other_variant) {
      return cell_of(crossed.at(s, variant, other_variant), at.goal, decimals);
    };
    strata.push_back({cell(control, other_control), cell(control, at.other_variant), cell(at.variant, other_control),
                      cell(at.variant, at.other_variant)});
  }
  return stats::crossed_effects(strata, kFewestCrossed, own.experiment.plan.alpha);
}

InteractionRow row_of(const GoalUnits& own, const storage::Experiment& other, const CrossedUnits& crossed,
                      const Corner& at) {
  const storage::Metric& metric = own.goals[at.goal];
  const stats::CrossedEffects effects = effects_of(own, other, crossed, at);
  InteractionRow row;
  row.metric = metric.key;
  row.version = metric.version;
  row.variant = own.experiment.variants[at.variant].key;
  row.control = own.experiment.variants[control_of(own.experiment)].key;
  row.other_variant = other.variants[at.other_variant].key;
  row.without = interval_of(effects.without);
  row.with = interval_of(effects.with);
  row.difference = interval_of(effects.difference);
  row.p = figure(effects.difference.two_sided.p);
  return row;
}

stats::AssignmentTest independence_of(const CrossedUnits& crossed) {
  std::vector<stats::CountTable> strata;
  for (std::size_t s = 0; s < crossed.strata; ++s) {
    stats::CountTable& table = strata.emplace_back(crossed.variants);
    for (std::size_t v = 0; v < crossed.variants; ++v)
      for (std::size_t o = 0; o < crossed.other_variants; ++o) table[v].push_back(crossed.at(s, v, o).units);
  }
  return stats::assignment_independence(strata);
}

std::uint64_t units_in(const CrossedUnits& crossed) {
  std::int64_t units = 0;
  for (const auto& cell : crossed.cells) units += cell.units;
  return static_cast<std::uint64_t>(units);
}

void mark_dependent(std::vector<OtherExperiment>& others) {
  for (auto& other : others)
    other.dependent = other.p && *other.p * static_cast<double>(others.size()) < kDependenceLimit;
}

void adjust(std::vector<OtherExperiment>& others) {
  std::vector<InteractionRow*> rows;
  std::vector<double> p;
  for (auto& other : others)
    for (auto& row : other.rows) {
      rows.push_back(&row);
      p.push_back(row.p.value_or(stats::undefined));
    }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i]->p_adjusted = figure(adjusted[i]);
    rows[i]->stands_out = adjusted[i] <= kInteractionRate;
  }
}

}  // namespace

InteractionFinder::InteractionFinder(GoalUnits own) : own_(std::move(own)), crossing_(own_) {}

void InteractionFinder::look_at(const storage::Experiment& other, std::span<const MetUnit> met) {
  const CrossedUnits crossed = crossing_.with(other, met);
  OtherExperiment found;
  found.key = other.key;
  found.control = other.variants[control_of(other)].key;
  found.units = units_in(crossed);
  if (found.units == 0) return;
  const stats::AssignmentTest independence = independence_of(crossed);
  found.status = stats::name(independence.status);
  found.p = figure(independence.p.p);
  if (independence.status == stats::Status::ok) {
    found.chi2 = figure(independence.chi2);
    found.df = independence.df;
  }
  for (std::size_t goal = 0; goal < own_.goals.size(); ++goal)
    for (const std::size_t variant : treatments_of(own_.experiment))
      for (const std::size_t other_variant : treatments_of(other))
        found.rows.push_back(row_of(own_, other, crossed, {goal, variant, other_variant}));
  others_.push_back(std::move(found));
}

Interactions InteractionFinder::found() && {
  std::ranges::sort(others_, [](const OtherExperiment& a, const OtherExperiment& b) {
    return std::tie(b.units, a.key) < std::tie(a.units, b.key);
  });
  Interactions all;
  all.goals_left_out = std::move(own_.goals_left_out);
  if (others_.size() > kMostOthers) {
    all.left_out = others_.size() - kMostOthers;
    others_.resize(kMostOthers);
  }
  mark_dependent(others_);
  adjust(others_);
  all.others = std::move(others_);
  return all;
}

}  // namespace touchstone::judge
