#include "service/judge/slice_counts.hpp"

#include <algorithm>

namespace touchstone::judge {

bool SliceCounts::counts(const Participation& part) const noexcept {
  return part.exposures > 0 && analysed(part, crossover_);
}

void SliceCounts::add(const Participation& part) {
  if (!counts(part)) return;
  auto row = rows_.find(part.attributes);
  if (row == rows_.end()) row = rows_.emplace(part.attributes, Row(size_)).first;
  ++row->second[part.phase * variants_ + part.variant];
}

void SliceCounts::retract(const Participation& part) {
  if (!counts(part)) return;
  const auto row = rows_.find(part.attributes);
  --row->second[part.phase * variants_ + part.variant];
  if (std::ranges::all_of(row->second, [](std::int64_t units) { return units == 0; })) rows_.erase(row);
}

}  // namespace touchstone::judge
