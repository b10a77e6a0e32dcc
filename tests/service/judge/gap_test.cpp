#include "service/judge/gap.hpp"

#include <initializer_list>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

Cells entered(std::initializer_list<std::int64_t> hours) {
  Cells cells({1, 2, 0, storage::Crossover::exclude});
  for (const std::int64_t hour : hours) cells.entries[0][hour] = 1;
  return cells;
}

TEST(Gap, IsTheLongestStretchOfEmptyHoursBetweenEntries) {
  const Gap gap = worst_gap(entered({1, 2, 3, 4, 7, 8, 9, 60, 61, 62}));
  EXPECT_EQ(gap.hours, 50);
  EXPECT_EQ(gap.next_hours, 2);
}

TEST(Gap, EqualStretchesAreTheRhythm) {
  const Gap gap = worst_gap(entered({0, 168, 336, 504, 672, 840, 1008, 1176, 1344, 1512}));
  EXPECT_EQ(gap.hours, 167);
  EXPECT_EQ(gap.next_hours, 167);
}

TEST(Gap, NeedsTenHoursToKnowTheRhythm) { EXPECT_EQ(worst_gap(entered({1, 2, 3, 4, 5, 6, 7, 8, 100})).hours, 0); }

TEST(Gap, BetweenPhasesIsNone) {
  Cells cells({2, 2, 0, storage::Crossover::exclude});
  for (std::int64_t hour = 0; hour < 12; ++hour) cells.entries[0][hour] = cells.entries[1][hour + 500] = 1;
  EXPECT_EQ(worst_gap(cells).hours, 0);
}

}  // namespace
}  // namespace touchstone::judge
