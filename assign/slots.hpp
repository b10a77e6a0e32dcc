#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace touchstone::assign {

/// One of 1,000,000 equal parts of a draw. Shares, weights and coverage are counted in slots: 1 slot = 0.0001 %.
using Slot = std::uint32_t;
inline constexpr Slot slot_count = 1'000'000;

/// floor(hash * 10^6 / 2^32). The product stays below 2^52: the same in a language that has only doubles.
[[nodiscard]] constexpr Slot slot_of(std::uint32_t hash) noexcept {
  return static_cast<Slot>((std::uint64_t{hash} * slot_count) >> 32);
}

/// Slots of [begin, end).
struct SlotRange {
  Slot begin = 0;
  Slot end = 0;

  friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

/// Slots of [begin, end) that belong to the variant with this index.
struct VariantRange {
  Slot begin = 0;
  Slot end = 0;
  std::uint32_t variant = 0;

  friend bool operator==(const VariantRange&, const VariantRange&) = default;
};

/// Sorted by begin, not overlapping, none empty.
using SlotRanges = std::vector<SlotRange>;
using SlotMap = std::vector<VariantRange>;

/// The range that holds `slot`, or null. `ranges` is sorted.
template <class Range>
[[nodiscard]] const Range* find_range(std::span<const Range> ranges, Slot slot) noexcept {
  constexpr std::size_t few = 8;  // a search would only be guessing which way to go
  const auto starts_after = [](Slot wanted, const Range& range) { return wanted < range.begin; };
  std::size_t begun = 0;
  if (ranges.size() <= few)
    for (const Range& range : ranges) begun += range.begin <= slot ? 1U : 0U;
  else
    begun =
        static_cast<std::size_t>(std::upper_bound(ranges.begin(), ranges.end(), slot, starts_after) - ranges.begin());
  if (begun == 0) return nullptr;
  const Range& candidate = ranges[begun - 1];
  return slot < candidate.end ? &candidate : nullptr;
}

/// True when ranges are sorted, disjoint, not empty and inside [0, 1,000,000].
template <class Range>
[[nodiscard]] bool well_formed(std::span<const Range> ranges) noexcept {
  Slot last = 0;
  for (const auto& range : ranges) {
    if (range.begin < last || range.end <= range.begin || range.end > slot_count) return false;
    last = range.end;
  }
  return true;
}

/// Number of slots covered.
template <class Range>
[[nodiscard]] Slot size_of(std::span<const Range> ranges) noexcept {
  Slot total = 0;
  for (const auto& range : ranges) total += range.end - range.begin;
  return total;
}

}  // namespace touchstone::assign
