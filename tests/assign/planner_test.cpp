#include "assign/planner.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::assign {
namespace {

using WeightList = std::vector<std::uint32_t>;

/// Half the sum of absolute differences: no map can move fewer slots.
Slot total_variation(const WeightList& a, const WeightList& b) {
  Slot lost = 0;
  for (std::size_t i = 0; i < a.size(); ++i) lost += a[i] > b[i] ? a[i] - b[i] : 0;
  return lost;
}

WeightList random_weights(std::mt19937& random, std::size_t variants) {
  std::uniform_int_distribution<std::uint32_t> slot(0, slot_count);
  WeightList cuts = {0, slot_count};
  for (std::size_t i = 1; i < variants; ++i) cuts.push_back(slot(random));
  std::sort(cuts.begin(), cuts.end());
  WeightList weights;
  for (std::size_t i = 1; i < cuts.size(); ++i) weights.push_back(cuts[i] - cuts[i - 1]);
  return weights;
}

TEST(PlanSlots, GivesEachVariantOneRangeInOrder) {
  const auto map = plan_slots(WeightList{200'000, 0, 300'000, 500'000});
  ASSERT_TRUE(map);
  EXPECT_EQ(*map, (SlotMap{{0, 200'000, 0}, {200'000, 500'000, 2}, {500'000, 1'000'000, 3}}));
}

TEST(PlanSlots, RefusesWeightsThatDoNotFillEverything) {
  for (const auto& weights : {WeightList{}, WeightList{999'999}, WeightList{500'000, 500'001}}) {
    const auto map = plan_slots(weights);
    ASSERT_FALSE(map);
    EXPECT_EQ(map.error().code, ErrorCode::invalid);
  }
}

// The four changes of design/assignment.md 5.2 and their minima.
TEST(ReplanSlots, MovesTheMinimumForTheUsualEdits) {
  const auto third = [](std::uint32_t extra) { return WeightList{333'333, 333'333, 333'334 + extra}; };
  const struct {
    WeightList before;
    WeightList after;
    Slot moved;
  } table[] = {
      {{500'000, 500'000}, {600'000, 400'000}, 100'000},
      {third(0), {400'000, 300'000, 300'000}, 66'667},
      {{500'000, 500'000, 0}, third(0), 333'334},
      {{250'000, 250'000, 250'000, 250'000}, {0, 333'333, 333'333, 333'334}, 250'000},
  };
  for (const auto& row : table) {
    const auto before = plan_slots(row.before);
    const auto after = replan_slots(*before, row.after);
    ASSERT_TRUE(after);
    EXPECT_EQ(moved_slots(*before, *after), row.moved);
    EXPECT_EQ(weights_of(*after, row.after.size()), row.after);
  }
}

TEST(ReplanSlots, AlwaysMovesExactlyTheTotalVariationDistance) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t variants = 2 + random() % 7;
    auto weights = random_weights(random, variants);
    auto map = *plan_slots(weights);
    for (int edit = 0; edit < 5; ++edit) {
      const auto next = random_weights(random, variants);
      const auto replanned = replan_slots(map, next);
      ASSERT_TRUE(replanned);
      EXPECT_TRUE(well_formed(std::span<const VariantRange>(*replanned)));
      EXPECT_EQ(weights_of(*replanned, variants), next);
      EXPECT_EQ(moved_slots(map, *replanned), total_variation(weights, next));
      map = *replanned;
      weights = next;
    }
  }
}

TEST(ReplanSlots, SameWeightsChangeNothing) {
  const SlotMap map = {{0, 100'000, 1}, {100'000, 700'000, 0}, {700'000, 1'000'000, 1}};
  EXPECT_EQ(*replan_slots(map, WeightList{600'000, 400'000}), map);
}

TEST(Relabel, FreesTheSlotsOfADroppedVariantAndKeepsTheOthers) {
  const auto map = *plan_slots(WeightList{250'000, 250'000, 500'000});
  const std::vector<std::optional<std::uint32_t>> without_second = {1, std::nullopt, 0};
  const auto relabelled = relabel(map, without_second);
  EXPECT_EQ(relabelled, (SlotMap{{0, 250'000, 1}, {500'000, 1'000'000, 0}}));
  const auto replanned = replan_slots(relabelled, WeightList{600'000, 400'000});
  EXPECT_EQ(moved_slots(relabelled, *replanned), 0U);
}

TEST(PlanEntry, RaisingKeepsEverySlotAndLoweringAddsNone) {
  const SlotRanges taken = {{700'000, 800'000}, {0, 50'000}};
  SlotRanges entry;
  for (Slot size = 100'000; size <= 800'000; size += 100'000) {
    const auto grown = plan_entry(entry, taken, size);
    ASSERT_TRUE(grown);
    EXPECT_EQ(size_of(std::span<const SlotRange>(*grown)), size);
    for (const auto& range : entry)
      for (const Slot slot : {range.begin, range.end - 1})
        EXPECT_NE(find_range(std::span<const SlotRange>(*grown), slot), nullptr);
    for (const auto& range : taken)
      for (const Slot slot : {range.begin, range.end - 1})
        EXPECT_EQ(find_range(std::span<const SlotRange>(*grown), slot), nullptr);
    entry = *grown;
  }
  EXPECT_EQ(*plan_entry(entry, taken, 100'000), (SlotRanges{{50'000, 150'000}}));
}

TEST(PlanEntry, RefusesMoreThanTheLayerHas) {
  const SlotRanges taken = {{0, 600'000}};
  EXPECT_TRUE(plan_entry({}, taken, 400'000));
  const auto entry = plan_entry({}, taken, 400'001);
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().code, ErrorCode::conflict);
}

TEST(FreeSlots, AreWhatNobodyTakes) {
  const SlotRanges taken = {{500'000, 600'000}, {0, 100}, {550'000, 700'000}, {50, 120}};
  EXPECT_EQ(free_slots(taken), (SlotRanges{{120, 500'000}, {700'000, 1'000'000}}));
  EXPECT_EQ(free_slots({}), (SlotRanges{{0, 1'000'000}}));
}

}  // namespace
}  // namespace touchstone::assign
