#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "assign/result.hpp"
#include "assign/slots.hpp"

namespace touchstone::assign {

/// Weights are slots per variant, in the order of variants. They sum to exactly 1,000,000.
using Weights = std::span<const std::uint32_t>;

/// The first slot map: each variant one range, in order; a weight of 0 gets none.
[[nodiscard]] Result<SlotMap> plan_slots(Weights weights);

/// A slot map of these weights that moves the fewest slots: exactly the total variation distance between the old and
/// the new weights. Variants with too many slots give from their end, the others take in order. Slots that belong to
/// nobody in `current` are handed out too.
[[nodiscard]] Result<SlotMap> replan_slots(const SlotMap& current, Weights weights);

/// The map after variants were dropped or reordered: the new index of each old variant, nothing for a dropped one,
/// whose slots then belong to nobody until `replan_slots` hands them out.
[[nodiscard]] SlotMap relabel(const SlotMap& current, std::span<const std::optional<std::uint32_t>> new_index);

/// Weights that a map has, one per variant.
[[nodiscard]] std::vector<std::uint32_t> weights_of(const SlotMap& map, std::size_t variants);

/// Slots that have a variant in both maps, but not the same one.
[[nodiscard]] Slot moved_slots(const SlotMap& before, const SlotMap& after);

/// Entry slots of an experiment for a coverage of `size` slots. Raising keeps every slot of `current` and adds free
/// ones, so nobody in the experiment leaves it or moves; lowering gives back the highest slots.
/// `taken` are the slots of the layer that others use: entries of its other experiments and its holdout, in any order.
[[nodiscard]] Result<SlotRanges> plan_entry(const SlotRanges& current, std::span<const SlotRange> taken, Slot size);

/// Slots of a layer that nobody of `taken` uses. `taken` may be unsorted and overlap.
[[nodiscard]] SlotRanges free_slots(std::span<const SlotRange> taken);

}  // namespace touchstone::assign
