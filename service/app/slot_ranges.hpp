#pragma once

#include <span>

#include "assign/slots.hpp"
#include "storage/experiment.hpp"

/// A phase is stored in the words of storage and planned in those of assign.
namespace touchstone::app {

[[nodiscard]] inline assign::SlotRanges planned(std::span<const storage::SlotRange> stored) {
  assign::SlotRanges ranges;
  for (const auto& range : stored) ranges.push_back({range.begin, range.end});
  return ranges;
}

[[nodiscard]] inline assign::SlotMap planned(std::span<const storage::VariantSlots> stored) {
  assign::SlotMap map;
  for (const auto& slots : stored) map.push_back({slots.range.begin, slots.range.end, slots.variant});
  return map;
}

[[nodiscard]] inline std::vector<storage::SlotRange> stored(std::span<const assign::SlotRange> planned) {
  std::vector<storage::SlotRange> ranges;
  for (const auto& range : planned) ranges.push_back({range.begin, range.end});
  return ranges;
}

[[nodiscard]] inline std::vector<storage::VariantSlots> stored(std::span<const assign::VariantRange> planned) {
  std::vector<storage::VariantSlots> map;
  for (const auto& range : planned) map.push_back({{range.begin, range.end}, range.variant});
  return map;
}

}  // namespace touchstone::app
