#include "service/judge/looks.hpp"

#include <algorithm>
#include <utility>

namespace touchstone::judge {
namespace {

void enter(Look::Entered& group, const TickCell& cell, std::size_t metric) {
  group.units += cell.units;
  group.sums.merge(cell.sums[metric]);
}

/// When the last of those who entered by `end` has been seen for as long as the window asks.
Time closes(const storage::Window& window, Time end) { return end + window.delay + window.length.value_or(Micros(0)); }

/// Nobody enters a phase after its end.
Time end_of(const Case& of, std::size_t phase, std::int64_t tick) {
  return std::min(of.cells.shape.clock.end_of(tick), of.experiment.phases[phase].ended_at.value_or(Time::max()));
}

/// Takes the looks of one phase; what is too thin to be one waits for more while the phase may bring more.
void look_at(const Case& of, std::size_t phase, std::size_t metric, std::size_t variant, std::vector<Look>& all) {
  Look open{.phase = phase};
  for (const auto& [tick, cells] : of.cells.by_tick[phase].ticks()) {
    const Time end = end_of(of, phase, tick);
    if (of.facts.last_te < closes(of.metrics[metric].window, end)) return;
    enter(open.control, cells[of.control()], metric);
    enter(open.treatment, cells[variant], metric);
    open.end = end;
    if (open.units() >= kFewestUnits) all.push_back(std::exchange(open, Look{.phase = phase}));
  }
  if (open.units() > 0 && of.experiment.phases[phase].ended_at) all.push_back(open);
}

}  // namespace

bool by_looks(const Case& of, std::size_t metric) noexcept {
  return storage::walks_by_ticks(of.plan().method) && of.cells.shape.clock.runs() &&
         of.metrics[metric].window.length.has_value();
}

std::vector<Look> looks(const Case& of, std::size_t metric, std::size_t variant) {
  std::vector<Look> all;
  for (std::size_t phase = 0; phase < of.cells.shape.phases; ++phase) look_at(of, phase, metric, variant, all);
  return all;
}

}  // namespace touchstone::judge
