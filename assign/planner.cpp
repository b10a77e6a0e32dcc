#include "assign/planner.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace touchstone::assign {
namespace {

Status check_weights(Weights weights) {
  const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  if (total == slot_count) return ok();
  return Error{ErrorCode::invalid, "the weights sum to " + std::to_string(total), "",
               "weights are parts of 1000000 and sum to exactly that"};
}

/// Appends a range, joined with the last one where they touch and belong together.
void append(SlotMap& map, VariantRange range) {
  if (!map.empty() && map.back().end == range.begin && map.back().variant == range.variant)
    map.back().end = range.end;
  else
    map.push_back(range);
}

void append(SlotRanges& ranges, SlotRange range) {
  if (!ranges.empty() && ranges.back().end >= range.begin)
    ranges.back().end = std::max(ranges.back().end, range.end);
  else
    ranges.push_back(range);
}

template <class Range>
void sort_by_begin(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
}

/// What remains of `map` when each variant gives back, from its end, the slots above its weight.
SlotMap shrink(const SlotMap& map, Weights weights) {
  std::vector<std::uint32_t> left(weights.begin(), weights.end());
  SlotMap kept;
  for (const auto& range : map) {
    if (range.variant >= left.size() || left[range.variant] == 0) continue;
    const Slot size = std::min(range.end - range.begin, left[range.variant]);
    left[range.variant] -= size;
    append(kept, {range.begin, range.begin + size, range.variant});
  }
  return kept;
}

SlotRanges gaps_of(const SlotMap& map) {
  std::vector<SlotRange> used;
  for (const auto& range : map) used.push_back({range.begin, range.end});
  return free_slots(used);
}

/// Hands free slots to the variants below their weight, both in order.
SlotMap fill(SlotMap map, Weights weights) {
  const auto has = weights_of(map, weights.size());
  const auto gaps = gaps_of(map);
  std::uint32_t variant = 0;
  Slot given = 0;
  for (auto gap : gaps) {
    while (gap.begin < gap.end) {
      const Slot missing = weights[variant] - has[variant] - given;
      if (missing == 0) {
        ++variant;
        given = 0;
        continue;
      }
      const Slot size = std::min(missing, gap.end - gap.begin);
      map.push_back({gap.begin, gap.begin + size, variant});
      gap.begin += size;
      given += size;
    }
  }
  sort_by_begin(map);
  SlotMap joined;
  for (const auto& range : map) append(joined, range);
  return joined;
}

/// The first `size` slots of `ranges`.
SlotRanges first_slots(const SlotRanges& ranges, Slot size) {
  SlotRanges result;
  for (const auto& range : ranges) {
    if (size == 0) break;
    const Slot taken = std::min(size, range.end - range.begin);
    result.push_back({range.begin, range.begin + taken});
    size -= taken;
  }
  return result;
}

SlotRanges joined(SlotRanges ranges) {
  sort_by_begin(ranges);
  SlotRanges result;
  for (const auto& range : ranges) append(result, range);
  return result;
}

}  // namespace

Result<SlotMap> plan_slots(Weights weights) { return replan_slots({}, weights); }

Result<SlotMap> replan_slots(const SlotMap& current, Weights weights) {
  if (auto status = check_weights(weights); !status) return std::move(status).error();
  return fill(shrink(current, weights), weights);
}

SlotMap relabel(const SlotMap& current, std::span<const std::optional<std::uint32_t>> new_index) {
  SlotMap result;
  for (const auto& range : current) {
    const auto kept = range.variant < new_index.size() ? new_index[range.variant] : std::nullopt;
    if (kept) append(result, {range.begin, range.end, *kept});
  }
  return result;
}

std::vector<std::uint32_t> weights_of(const SlotMap& map, std::size_t variants) {
  std::vector<std::uint32_t> weights(variants);
  for (const auto& range : map)
    if (range.variant < variants) weights[range.variant] += range.end - range.begin;
  return weights;
}

Slot moved_slots(const SlotMap& before, const SlotMap& after) {
  Slot moved = 0;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() && b != after.end()) {
    const Slot begin = std::max(a->begin, b->begin);
    const Slot end = std::min(a->end, b->end);
    if (begin < end && a->variant != b->variant) moved += end - begin;
    if (a->end < b->end)
      ++a;
    else
      ++b;
  }
  return moved;
}

SlotRanges free_slots(std::span<const SlotRange> taken) {
  SlotRanges result;
  Slot next = 0;
  for (const auto& range : joined({taken.begin(), taken.end()})) {
    if (next < range.begin) result.push_back({next, range.begin});
    next = std::max(next, range.end);
  }
  if (next < slot_count) result.push_back({next, slot_count});
  return result;
}

Result<SlotRanges> plan_entry(const SlotRanges& current, std::span<const SlotRange> taken, Slot size) {
  const Slot has = size_of(std::span<const SlotRange>(current));
  if (size <= has) return first_slots(current, size);
  SlotRanges used(taken.begin(), taken.end());
  used.insert(used.end(), current.begin(), current.end());
  const auto available = free_slots(used);
  const Slot room = size_of(std::span<const SlotRange>(available));
  if (room < size - has)
    return Error{ErrorCode::conflict, "the layer has only " + std::to_string(room) + " free slots", "",
                 "lower the coverage, end another experiment of the layer or use another layer"};
  auto result = current;
  for (const auto& range : first_slots(available, size - has)) result.push_back(range);
  return joined(std::move(result));
}

}  // namespace touchstone::assign
