#include "service/judge/tick_cells.hpp"

#include <algorithm>

namespace touchstone::judge {

void count_amount(stats::Sums& sums, const Amount& amount, int sign) noexcept {
  if (amount.state != AmountState::present) return;
  if (sign > 0)
    sums.add(amount.value);
  else
    sums.retract(amount.value);
}

TickCells::PerVariant& TickCells::at(std::int64_t tick) {
  if (const auto known = ticks_.find(tick); known != ticks_.end()) return known->second;
  const TickCell empty{0, std::vector<stats::Sums>(shape_.columns()), ExtraSums(shape_)};
  return ticks_.emplace(tick, PerVariant(variants_, empty)).first->second;
}

void TickCells::count(std::int64_t tick, std::size_t variant, std::span<const Amount> amounts, int sign) {
  PerVariant& cells = at(tick);
  cells[variant].units += sign;
  for (std::size_t m = 0; m < amounts.size(); ++m) count_amount(cells[variant].sums[m], amounts[m], sign);
  cells[variant].extra.count(shape_, amounts, sign);
  if (std::ranges::all_of(cells, [](const TickCell& cell) { return cell.units == 0; })) ticks_.erase(tick);
}

void TickCells::replace(std::int64_t tick, std::size_t variant, std::size_t metric, std::int64_t from,
                        std::int64_t to) {
  known(tick, variant).sums[metric].change(from, to);
}

void TickCells::merge(const TickCells& other) {
  for (const auto& [tick, theirs] : other.ticks_) {
    PerVariant& ours = at(tick);
    for (std::size_t v = 0; v < variants_; ++v) {
      ours[v].units += theirs[v].units;
      for (std::size_t m = 0; m < shape_.columns(); ++m) ours[v].sums[m].merge(theirs[v].sums[m]);
      ours[v].extra.merge(theirs[v].extra);
    }
  }
}

}  // namespace touchstone::judge
