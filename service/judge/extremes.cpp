#include "service/judge/extremes.hpp"

#include <algorithm>

namespace touchstone::judge {
namespace {

void remove(auto& entries, auto unwanted) {
  entries.erase(std::ranges::remove_if(entries, unwanted).begin(), entries.end());
}

}  // namespace

void Largest::add(const Entry& entry) noexcept {
  if (bar_ && entry.amount <= *bar_) return;
  entries_.push_back(entry);
  if (entries_.size() <= kKept) return;
  bar_ = std::ranges::min(entries_, {}, &Entry::amount).amount;
  remove(entries_, [this](const Entry& kept) { return kept.amount <= *bar_; });
}

void Largest::retract(const Entry& entry) noexcept {
  if (bar_ && entry.amount <= *bar_) return;
  remove(entries_, [&entry](const Entry& kept) { return kept.person == entry.person; });
}

void Ends::add(UnitNumber person, const Amount& amount) noexcept {
  if (amount.state != AmountState::present) return;
  high.add({person, amount.value});
  low.add({person, -amount.value});
}

void Ends::retract(UnitNumber person, const Amount& amount) noexcept {
  if (amount.state != AmountState::present) return;
  high.retract({person, amount.value});
  low.retract({person, -amount.value});
}

Extremes::Extremes(const Cells::Shape& shape)
    : metrics_(shape.metrics), crossover_(shape.crossover), ends_(shape.variants * shape.metrics) {}

void Extremes::add(UnitNumber person, const Participation& part, std::span<const Amount> amounts) noexcept {
  if (!counts(part)) return;
  for (std::size_t m = 0; m < metrics_; ++m) ends_[slot(part.variant, m)].add(person, amounts[m]);
}

void Extremes::retract(UnitNumber person, const Participation& part, std::span<const Amount> amounts) noexcept {
  if (!counts(part)) return;
  for (std::size_t m = 0; m < metrics_; ++m) ends_[slot(part.variant, m)].retract(person, amounts[m]);
}

void Extremes::change(UnitNumber person, const Participation& part, std::span<const Amount> before,
                      std::span<const Amount> after) noexcept {
  if (!counts(part)) return;
  for (std::size_t m = 0; m < metrics_; ++m) {
    if (before[m] == after[m]) continue;
    Ends& ends = ends_[slot(part.variant, m)];
    ends.retract(person, before[m]);
    ends.add(person, after[m]);
  }
}

bool Extremes::counts(const Participation& part) const noexcept {
  return part.exposures > 0 && analysed(part, crossover_);
}

}  // namespace touchstone::judge
