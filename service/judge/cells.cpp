#include "service/judge/cells.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <stdexcept>

namespace touchstone::judge {
namespace {

std::int64_t hour_of(Time at) { return std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count(); }

void count_entry(std::map<std::int64_t, std::int64_t>& entries, Time at, std::int64_t by) {
  const auto hour = entries.try_emplace(hour_of(at)).first;
  hour->second += by;
  if (hour->second == 0) entries.erase(hour);
}

void count_amount(Cell& cell, std::size_t metric, const Amount& amount, int sign) {
  if (amount.state == AmountState::beyond) cell.beyond[metric] += sign;
  judge::count_amount(cell.sums[metric], amount, sign);
}

/// What a unit's other amount adds to the sums.
stats::Sums difference(const Amount& before, const Amount& after) noexcept {
  stats::Sums sums;
  if (before.state == AmountState::present && after.state == AmountState::present) {
    sums.change(before.value, after.value);
  } else {
    judge::count_amount(sums, before, -1);
    judge::count_amount(sums, after, +1);
  }
  return sums;
}

void merge_cell(Cell& cell, const Cell& other) {
  cell.units += other.units;
  cell.crossover += other.crossover;
  cell.analysed += other.analysed;
  for (std::size_t m = 0; m < cell.sums.size(); ++m) {
    cell.sums[m].merge(other.sums[m]);
    cell.beyond[m] += other.beyond[m];
  }
  cell.extra.merge(other.extra);
}

}  // namespace

Cells::Cells(const Shape& of)
    : shape(of),
      cells(of.phases * of.variants, Cell{.sums = std::vector<stats::Sums>(of.extra.columns()),
                                          .beyond = std::vector<std::int64_t>(of.extra.columns()),
                                          .extra = ExtraSums(of.extra)}),
      entries(of.phases),
      by_tick(of.phases, TickCells(of.variants, of.extra)) {}

void Cells::count(const Participation& part, std::span<const Amount> amounts, int sign) {
  if (part.exposures > 0) count_in_time(part, amounts, sign);  // the only step that may fail: first
  unattributed += sign * static_cast<std::int64_t>(part.unattributed);
  if (part.exposures == 0) return;
  exposures += sign * static_cast<std::int64_t>(part.exposures);
  contradictions += sign * static_cast<std::int64_t>(part.contradictions);
  Cell& cell = cells[part.phase * shape.variants + part.variant];
  cell.units += sign;
  cell.crossover += part.crossed ? sign : 0;
  if (!judge::analysed(part, shape.crossover)) return;
  cell.analysed += sign;
  for (std::size_t m = 0; m < amounts.size(); ++m) count_amount(cell, m, amounts[m], sign);
  cell.extra.count(shape.extra, amounts, sign);
}

void Cells::change(const Participation& from, const Participation& to, std::span<const Amount> before,
                   std::span<const Amount> after) noexcept {
  unattributed += std::int64_t{to.unattributed} - from.unattributed;
  if (to.exposures == 0) return;
  exposures += std::int64_t{to.exposures} - from.exposures;
  contradictions += std::int64_t{to.contradictions} - from.contradictions;
  if (!judge::analysed(to, shape.crossover) || std::ranges::equal(before, after)) return;
  Cell& cell = cells[to.phase * shape.variants + to.variant];
  TickCell* const tick =
      shape.clock.runs() ? &by_tick[to.phase].known(shape.clock.tick_of(to.exposed_at), to.variant) : nullptr;
  for (std::size_t m = 0; m < after.size(); ++m) {
    if (before[m] == after[m]) continue;
    cell.beyond[m] +=
        (after[m].state == AmountState::beyond ? 1 : 0) - (before[m].state == AmountState::beyond ? 1 : 0);
    const stats::Sums more = difference(before[m], after[m]);
    cell.sums[m].merge(more);
    if (tick != nullptr) tick->sums[m].merge(more);
  }
  cell.extra.change(shape.extra, before, after);
  if (tick != nullptr) tick->extra.change(shape.extra, before, after);
}

void Cells::count_in_time(const Participation& part, std::span<const Amount> amounts, int sign) {
  const bool ticks = shape.clock.runs() && judge::analysed(part, shape.crossover);
  const auto count_tick = [&](int by) {
    if (ticks) by_tick[part.phase].count(shape.clock.tick_of(part.exposed_at), part.variant, amounts, by);
  };
  count_tick(sign);
  try {
    count_entry(entries[part.phase], part.exposed_at, sign);
  } catch (const std::bad_alloc&) {
    count_tick(-sign);
    throw;
  }
}

void Cells::replace(const Participation& part, std::size_t metric, std::int64_t from, std::int64_t to) {
  cells[part.phase * shape.variants + part.variant].sums[metric].change(from, to);
  if (shape.clock.runs())
    by_tick[part.phase].replace(shape.clock.tick_of(part.exposed_at), part.variant, metric, from, to);
}

void Cells::merge(const Cells& other) {
  if (shape != other.shape) throw std::invalid_argument("cells of different shapes");
  for (std::size_t c = 0; c < cells.size(); ++c) merge_cell(cells[c], other.cells[c]);
  exposures += other.exposures;
  contradictions += other.contradictions;
  unattributed += other.unattributed;
  for (std::size_t p = 0; p < entries.size(); ++p)
    for (const auto& [hour, units] : other.entries[p]) entries[p][hour] += units;
  for (std::size_t p = 0; p < by_tick.size(); ++p) by_tick[p].merge(other.by_tick[p]);
}

stats::Sums Cells::over_phases(std::size_t variant, std::size_t metric) const {
  stats::Sums sums;
  for (std::size_t p = 0; p < shape.phases; ++p) sums.merge(at(p, variant).sums[metric]);
  return sums;
}

bool analysed(const Participation& part, storage::Crossover policy) noexcept {
  return !part.crossed || policy == storage::Crossover::first;
}

}  // namespace touchstone::judge
