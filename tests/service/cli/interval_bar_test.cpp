#include "service/cli/interval_bar.hpp"

#include <gtest/gtest.h>

#include "service/cli/text_layout.hpp"

namespace touchstone::cli {
namespace {

judge::Interval between(double low, double estimate, double high) { return {"ok", estimate, low, high}; }

TEST(IntervalBar, DrawsEndsEstimateAndZero) {
  const Axis axis{-5, 5};
  EXPECT_EQ(interval_bar(between(-3, -1, 2), axis, 11, "━"), "  ━━●┼━━   ");
  EXPECT_EQ(interval_bar(between(1, 2, 4), axis, 11, "─"), "     ┊─●── ");
  EXPECT_EQ(interval_bar(between(-1, 0, 1), axis, 11, "━"), "    ━●━    ");
}

TEST(IntervalBar, MarksWhatLiesBeyondTheAxis) {
  const Axis axis{-5, 5};
  EXPECT_EQ(interval_bar({"ok", 1, -2, std::nullopt}, axis, 11, "━"), "   ━━┼●━━━▸");
  EXPECT_EQ(interval_bar(between(-9, 2, 4), axis, 11, "━"), "◂━━━━┼━●━━ ");
}

TEST(IntervalBar, IsBlankWithoutAnEstimateOrAnAxis) {
  EXPECT_EQ(interval_bar({}, Axis{-1, 1}, 5, "━"), "     ");
  EXPECT_EQ(interval_bar(between(0, 0, 0), Axis{}, 5, "━"), "     ");
}

TEST(IntervalBar, AxisHoldsEveryFiniteEndAndZero) {
  Axis axis;
  axis.include(between(2, 3, 4));
  axis.include({"ok", -1, std::nullopt, 1});
  EXPECT_EQ(axis.low, -1);
  EXPECT_EQ(axis.high, 4);
}

TEST(TextLayout, CountsColumnsNotBytes) {
  EXPECT_EQ(columns_of("−1.2 %"), 6U);
  EXPECT_EQ(columns_of("\x1b[1mbold\x1b[0m"), 4U);
  EXPECT_EQ(left_in("├", 3) + "|", "├  |");
  EXPECT_EQ(right_in("12", 4), "  12");
}

TEST(TextLayout, WrapsAtSpacesAndIndentsWhatFollows) {
  EXPECT_EQ(wrapped("one two three", 80, 2), "one two three\n");
  EXPECT_EQ(wrapped("one two three", 9, 2), "one two\n  three\n");
  EXPECT_EQ(wrapped("indivisible", 4, 0), "indivisible\n");
}

}  // namespace
}  // namespace touchstone::cli
