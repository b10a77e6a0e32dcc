// Calendar days by hand. Berlin's clocks were 2 h ahead of UTC until 2026-10-25 01:00 UTC, and 1 h from then on.

#include "service/judge/weeks.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 10 / 20} + 10h;

Check after(Micros length, bool over, Micros ahead_from = 0h, Micros ahead_until = 0h) {
  return whole_weeks({kStart, kStart + length, over, ahead_from, ahead_until});
}

double figure_of(const Check& check, std::string_view name) {
  for (const auto& figure : check.figures)
    if (figure.name == name) return figure.value.value();
  return -1;
}

TEST(WholeWeeks, WarnsUntilThereIsOne) {
  EXPECT_EQ(after(0h, false).level, CheckLevel::warn);
  EXPECT_EQ(after(6 * 24h, false).level, CheckLevel::warn);
  EXPECT_EQ(after(6 * 24h, false).value, 6);
  EXPECT_EQ(after(7 * 24h, false).level, CheckLevel::ok);
  EXPECT_EQ(after(-24h, false).value, 0) << "the newest event may be older than the start";
}

TEST(WholeWeeks, LetsARunGoOnAndWarnsOfAnUnevenEnd) {
  const auto running = after(16 * 24h, false);
  EXPECT_EQ(running.level, CheckLevel::ok);
  EXPECT_EQ(figure_of(running, "weeks"), 2);
  EXPECT_EQ(figure_of(running, "days_beyond"), 2);
  EXPECT_EQ(after(16 * 24h, true).level, CheckLevel::warn);
  EXPECT_EQ(after(14 * 24h + 5h, true).level, CheckLevel::ok) << "some hours are no day";
  EXPECT_EQ(after(14 * 24h - 5h, true).level, CheckLevel::ok);
  EXPECT_EQ(after(27 * 24h, true).level, CheckLevel::warn);
  EXPECT_EQ(after(29 * 24h, true).level, CheckLevel::ok) << "a day of the week that came five times instead of four";
}

// From 2026-10-20 12:00 to 2026-10-26 23:30 in Berlin: 6 days and 11.5 hours by its clocks, 12.5 by those of UTC.
TEST(WholeWeeks, CountsByTheClocksOfThePlace) {
  EXPECT_EQ(after(6 * 24h + 12h + 30min, true).value, 7);
  EXPECT_EQ(after(6 * 24h + 12h + 30min, true, 2h, 1h).value, 6);
}

TEST(WholeWeeks, NeverBlocks) {
  for (const auto hours : {0h, 100h, 168h, 1'000h})
    for (const bool over : {false, true}) EXPECT_NE(after(hours, over).level, CheckLevel::block);
}

}  // namespace
}  // namespace touchstone::judge
