#include "service/judge/gap.hpp"

#include <algorithm>
#include <iterator>

namespace touchstone::judge {
namespace {

constexpr std::size_t kRhythm = 10;

Gap gap_of(const std::map<std::int64_t, std::int64_t>& entries) {
  if (entries.size() < kRhythm) return {};
  Gap gap;
  for (auto from = entries.begin(), to = std::next(from); to != entries.end(); ++from, ++to) {
    const std::int64_t empty = to->first - from->first - 1;
    gap.next_hours = std::max(gap.next_hours, std::min(gap.hours, empty));
    gap.hours = std::max(gap.hours, empty);
  }
  return gap;
}

}  // namespace

Gap worst_gap(const Cells& cells) {
  Gap worst;
  for (const auto& entries : cells.entries)
    if (const Gap gap = gap_of(entries); gap.hours > worst.hours) worst = gap;
  return worst;
}

}  // namespace touchstone::judge
