#include "service/judge/design_changes.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "service/judge/measured.hpp"

namespace touchstone::judge {
namespace {

using storage::Phase;

constexpr double kWhole = 1'000'000;  // slots

std::vector<double> split_of(const Phase& phase) {
  std::vector<double> shares;
  for (const std::uint32_t weight : phase.weights) shares.push_back(weight / kWhole);
  return shares;
}

std::vector<double> coverage_of(const Phase& phase) {
  std::uint32_t slots = 0;
  for (const storage::SlotRange& range : phase.entry) slots += range.end - range.begin;
  return {slots / kWhole};
}

std::vector<double> enrolment_of(const Phase& phase) { return {phase.enrolling ? 1.0 : 0.0}; }

struct Part {
  ChangeOf of;
  std::vector<double> (*told)(const Phase&);
};
constexpr std::array kParts{Part{ChangeOf::split, split_of}, Part{ChangeOf::coverage, coverage_of},
                            Part{ChangeOf::enrolment, enrolment_of}};

void add_changes(const Phase& before, const Phase& after, std::vector<DesignChange>& all) {
  const std::size_t known = all.size();
  if (before.ended_at && *before.ended_at < after.started_at)
    all.push_back({*before.ended_at, ChangeOf::pause, {}, {}, after.started_at});
  for (const Part& part : kParts)
    if (part.told(before) != part.told(after))
      all.push_back({after.started_at, part.of, part.told(before), part.told(after)});
  if (all.size() == known) all.push_back({after.started_at, ChangeOf::audience, {}, {}});
}

bool disturbs(const DesignChange& change) {
  if (change.of == ChangeOf::coverage) return change.after < change.before;
  return change.of != ChangeOf::enrolment;
}

}  // namespace

std::vector<DesignChange> design_changes(std::span<const Phase> phases) {
  std::vector<DesignChange> all;
  for (std::size_t p = 1; p < phases.size(); ++p) add_changes(phases[p - 1], phases[p], all);
  return all;
}

Check mid_flight_change(std::span<const DesignChange> changes, Time known) {
  constexpr std::array<std::string_view, 5> names{"split", "coverage", "enrolment", "audience", "pause"};
  std::array<double, names.size()> counts{};
  double disturbing = 0;
  for (const DesignChange& change : changes) {
    if (change.at > known) continue;
    ++counts.at(static_cast<std::size_t>(change.of));
    disturbing += disturbs(change) ? 1 : 0;
  }
  Check check = measured("mid_flight_change", disturbing, 0);
  check.level = level(false, disturbing > 0);
  for (std::size_t i = 0; i < names.size(); ++i) check.figures.push_back({std::string(names[i]), counts[i]});
  return check;
}

}  // namespace touchstone::judge
