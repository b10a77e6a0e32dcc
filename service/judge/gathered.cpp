#include "service/judge/gathered.hpp"

#include <algorithm>

namespace touchstone::judge {
namespace {

void add(const Case& of, std::size_t metric, const std::vector<stats::Sums>& sums, const ExtraSums& extra,
         stats::RatioSums& into) {
  into.y.merge(sums[metric]);
  if (!paired(of.metrics[metric])) return;
  const ExtraShape& shape = of.cells.shape.extra;
  into.x.merge(sums[shape.second(metric)]);
  into.cross.merge(extra.crosses[shape.pair_of(metric)]);
}

/// The units of ticks whose last window has closed by the clock of the data.
Gathered ripe(const Case& of, std::size_t phase, std::size_t variant, std::size_t metric) {
  Gathered all;
  for (const auto& [tick, cells] : of.cells.by_tick[phase].ticks()) {
    if (of.facts.last_te < closes(of.metrics[metric].window, end_of(of, phase, tick))) break;
    all.units += cells[variant].units;
    add_tick(of, metric, cells[variant], all.sums);
    add_bins(metric, cells[variant].extra, all.bins);
  }
  all.waiting = of.cells.at(phase, variant).analysed - all.units;
  return all;
}

}  // namespace

void Gathered::merge(const Gathered& other) {
  sums.merge(other.sums);
  bins.resize(std::max(bins.size(), other.bins.size()));
  for (std::size_t b = 0; b < other.bins.size(); ++b) bins[b] += other.bins[b];
  units += other.units;
  waiting += other.waiting;
}

Time closes(const storage::Window& window, Time end) noexcept {
  return end + window.delay + window.length.value_or(Micros(0));
}

Time end_of(const Cells::Shape& shape, const std::vector<storage::Phase>& phases, std::size_t phase,
            std::int64_t tick) noexcept {
  return std::min(shape.clock.end_of(tick), phases[phase].ended_at.value_or(Time::max()));
}

Time end_of(const Case& of, std::size_t phase, std::int64_t tick) noexcept {
  return end_of(of.cells.shape, of.experiment.phases, phase, tick);
}

void add_tick(const Case& of, std::size_t metric, const TickCell& cell, stats::RatioSums& into) {
  add(of, metric, cell.sums, cell.extra, into);
}

void add_bins(std::size_t metric, const ExtraSums& extra, std::vector<std::int64_t>& into) {
  if (extra.units.empty()) return;
  const auto& more = extra.units[metric];
  into.resize(std::max(into.size(), more.size()));
  for (std::size_t b = 0; b < more.size(); ++b) into[b] += more[b];
}

Gathered gathered(const Case& of, std::size_t phase, std::size_t variant, std::size_t metric) {
  if (waits_for_window(of.metrics[metric].kind)) return ripe(of, phase, variant, metric);
  const Cell& cell = of.cells.at(phase, variant);
  Gathered all;
  all.units = cell.analysed;
  add(of, metric, cell.sums, cell.extra, all.sums);
  add_bins(metric, cell.extra, all.bins);
  return all;
}

Gathered gathered(const Case& of, std::size_t variant, std::size_t metric) {
  Gathered all;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) all.merge(gathered(of, p, variant, metric));
  return all;
}

stats::Moments moments_of(const Case& of, std::size_t metric, const stats::RatioSums& sums) noexcept {
  if (of.metrics[metric].kind != storage::MetricKind::ratio) return stats::moments(sums.y, of.decimals(metric));
  return stats::ratio_values(sums, of.decimals(metric), denominator_decimals(of.metrics[metric]));
}

}  // namespace touchstone::judge
