#include "service/judge/segment_cells.hpp"

#include <new>

#include "service/judge/watch_memory.hpp"
#include "storage/attribute.hpp"

namespace touchstone::judge {

SegmentCells::SegmentCells(std::span<const storage::PlannedSegment> planned, const Cells::Shape& shape)
    : planned_(planned.begin(), planned.end()) {
  for (std::size_t i = 0; i < planned_.size(); ++i) parts_.push_back({Cells(shape), std::make_shared<WatchMemory>()});
}

SegmentCells::Indices SegmentCells::holders(std::string_view attributes) const {
  Indices in;
  for (std::size_t i = 0; i < planned_.size(); ++i)
    if (storage::attribute(attributes, planned_[i].attribute) == planned_[i].value) in.push_back(i);
  return in;
}

void SegmentCells::add(const Participation& part, std::span<const Amount> amounts, const Names& names) {
  if (parts_.empty() || part.exposures == 0) return;
  auto known = known_.find(part.attributes);
  if (known == known_.end()) known = known_.emplace(part.attributes, holders(names.text(part.attributes))).first;
  const Indices& in = known->second;
  std::size_t added = 0;
  try {
    for (; added < in.size(); ++added) parts_[in[added]].cells.add(part, amounts);
  } catch (const std::bad_alloc&) {
    while (added > 0) parts_[in[--added]].cells.retract(part, amounts);
    throw;
  }
}

void SegmentCells::change(const Participation& from, const Participation& to, std::span<const Amount> before,
                          std::span<const Amount> after) noexcept {
  if (parts_.empty() || from.exposures == 0) return;
  for (const std::size_t i : known_.find(from.attributes)->second) parts_[i].cells.change(from, to, before, after);
}

void SegmentCells::retract(const Participation& part, std::span<const Amount> amounts) {
  if (parts_.empty() || part.exposures == 0) return;
  for (const std::size_t i : known_.find(part.attributes)->second) parts_[i].cells.retract(part, amounts);
}

}  // namespace touchstone::judge
