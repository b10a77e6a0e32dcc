#include "service/judge/looks.hpp"

#include <algorithm>
#include <utility>

#include "service/judge/gathered.hpp"

namespace touchstone::judge {
namespace {

void enter(const Case& of, std::size_t metric, const TickCell& cell, Look::Entered& group) {
  group.units += cell.units;
  add_tick(of, metric, cell, group.sums);
  if (is_strict(of.plan().method)) add_bins(metric, cell.extra, group.bins);
}

/// What a look is measured by: where few units have a value, those who do.
std::int64_t weight(const Case& of, std::size_t metric, const Look& look) {
  const auto kind = of.metrics[metric].kind;
  const bool few = kind == storage::MetricKind::score || kind == storage::MetricKind::first_value ||
                   kind == storage::MetricKind::last_value;
  return few ? look.with_value() : look.units();
}

/// Takes the looks of one phase; what is too thin to be one waits for more while the phase may bring more.
void look_at(const Case& of, std::size_t phase, std::size_t metric, std::size_t variant, const storage::Window& window,
             std::vector<Look>& all) {
  Look open{.phase = phase};
  for (const auto& [tick, cells] : of.cells.by_tick[phase].ticks()) {
    const Time end = end_of(of, phase, tick);
    if (of.facts.last_te < closes(window, end)) return;
    enter(of, metric, cells[of.control()], open.control);
    enter(of, metric, cells[variant], open.treatment);
    open.end = end;
    if (weight(of, metric, open) >= kFewestUnits) all.push_back(std::exchange(open, Look{.phase = phase}));
  }
  if (open.units() > 0 && of.experiment.phases[phase].ended_at) all.push_back(open);
}

}  // namespace

bool by_looks(const Case& of, std::size_t metric) noexcept {
  return storage::walks_by_ticks(of.plan().method) && of.cells.shape.clock.runs() &&
         of.metrics[metric].window.length.has_value() && !ranks_records(of.metrics[metric]);
}

std::vector<Look> looks(const Case& of, std::size_t metric, std::size_t variant) {
  return looks(of, metric, variant, of.metrics[metric].window);
}

std::vector<Look> looks(const Case& of, std::size_t metric, std::size_t variant, const storage::Window& window) {
  std::vector<Look> all;
  for (std::size_t phase = 0; phase < of.cells.shape.phases; ++phase) look_at(of, phase, metric, variant, window, all);
  return all;
}

}  // namespace touchstone::judge
