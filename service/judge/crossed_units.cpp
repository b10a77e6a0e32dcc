#include "service/judge/crossed_units.hpp"

#include <algorithm>
#include <utility>

#include "service/judge/gathered.hpp"

namespace touchstone::judge {
namespace {

MetUnit met_unit(UnitNumber person, const Participation& part) {
  return {person, static_cast<std::uint16_t>(part.variant), static_cast<std::uint16_t>(part.phase)};
}

std::vector<std::size_t> goals_of(const Study& study) {
  std::vector<std::size_t> goals;
  const auto& planned = study.experiment().plan.metrics;
  for (std::size_t m = 0; m < planned.size(); ++m)
    if (planned[m].role == storage::MetricRole::goal) goals.push_back(m);
  return goals;
}

bool adds_up(const storage::Metric& metric) {
  return metric.kind != storage::MetricKind::ratio && !storage::ranks_records(metric);
}

std::int64_t told(const storage::Metric& metric, const Participation& part, const Amount& amount,
                  std::optional<Time> now) {
  if (amount.state != AmountState::present) return kNoAmount;
  if (storage::waits_for_window(metric.kind) && now < closes(metric.window, part.exposed_at)) return kNoAmount;
  return amount.value;
}

}  // namespace

std::vector<MetUnit> met_units(const Study& study) {
  std::vector<MetUnit> units;
  study.for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount>) {
    if (part.exposures > 0 && !part.crossed) units.push_back(met_unit(person, part));
  });
  return units;
}

bool may_share_units(const storage::Experiment& one, const storage::Experiment& other) {
  if (one.unit_type != other.unit_type || one.phases.empty() || other.phases.empty()) return false;
  const auto ends_before = [](const storage::Experiment& first, const storage::Experiment& second) {
    const std::optional<Time> end = first.phases.back().ended_at;
    return end && *end <= second.phases.front().started_at;
  };
  return !ends_before(one, other) && !ends_before(other, one);
}

GoalUnits goal_units(const Study& study, std::optional<Time> now) {
  GoalUnits own;
  own.experiment = study.experiment();
  std::vector<std::size_t> goals;
  for (const std::size_t goal : goals_of(study)) {
    const storage::Metric& metric = study.metrics()[goal];
    if (!adds_up(metric)) {
      own.goals_left_out.push_back(metric.key);
      continue;
    }
    goals.push_back(goal);
    own.goals.push_back(metric);
  }
  study.for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
    if (part.exposures == 0 || !analysed(part, own.experiment.plan.crossover)) return;
    own.units.push_back(met_unit(person, part));
    for (const std::size_t goal : goals) own.amounts.push_back(told(study.metrics()[goal], part, amounts[goal], now));
  });
  return own;
}

Crossing::Crossing(const GoalUnits& own) : own_(own) {
  std::uint32_t place = 0;
  for (const MetUnit& unit : own.units) {
    if (places_.size() <= unit.person) places_.resize(std::max<std::size_t>(unit.person + 1, 2 * places_.size()));
    places_[unit.person] = ++place;
  }
}

CrossedUnits Crossing::with(const storage::Experiment& other, std::span<const MetUnit> met) const {
  const std::size_t goals = own_.goals.size();
  CrossedUnits crossed;
  crossed.strata = own_.experiment.phases.size() * other.phases.size();
  crossed.variants = own_.experiment.variants.size();
  crossed.other_variants = other.variants.size();
  CrossedUnits::Cell empty;
  empty.sums.resize(goals);
  crossed.cells.assign(crossed.strata * crossed.variants * crossed.other_variants, empty);
  for (const MetUnit& one : met) {
    if (one.person >= places_.size() || places_[one.person] == 0) continue;
    const std::size_t place = places_[one.person] - 1;
    const MetUnit& unit = own_.units[place];
    const std::size_t stratum = unit.phase * other.phases.size() + one.phase;
    auto& cell = crossed.cells[(stratum * crossed.variants + unit.variant) * crossed.other_variants + one.variant];
    ++cell.units;
    for (std::size_t g = 0; g < goals; ++g)
      if (const std::int64_t amount = own_.amounts[place * goals + g]; amount != kNoAmount) cell.sums[g].add(amount);
  }
  return crossed;
}

}  // namespace touchstone::judge
