#include "service/page/remaining_text.hpp"

#include <gtest/gtest.h>

#include "service/page/deciding.hpp"
#include "service/page/report_page.hpp"

namespace touchstone::page {
namespace {

judge::Report report() {
  judge::Report made;
  judge::Remaining left;
  left.metric = "basket";
  left.variant = "similar";
  left.power = 0.8;
  left.units_per_day = 2'480;
  left.smallest = judge::UnitsAhead{0.01, 12'391, 5.2};
  left.seen = judge::UnitsAhead{0.021, 3'090, 1.4};
  left.soonest = judge::UnitsAhead{0.045, 0, 0.1};
  made.remaining = left;
  return made;
}

TEST(RemainingText, TellsTheSmallestEffectAndARange) {
  const auto told = remaining_text(report());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0],
            "To be 80 % sure of finding a change of +1.0 % in basket takes about 13,000 more units (6 days); at 2,500 "
            "units a day, as of late.");
  EXPECT_EQ(
      told[1],
      "If the change is what it looks like (+2.1 %): 3,100 more units (2 days). Its interval allows no more units "
      "at +4.5 %, and no change at all, which takes for ever to find.");
}

TEST(RemainingText, WhatItLooksLikeIsWhatTheTableSays) {
  judge::Report made = report();
  judge::Row row;
  row.metric = "basket";
  row.variant = "similar";
  row.relative = row.always_valid.relative = {"ok", 0.021, -0.3, 0.4};
  made.plan.method = {"always-valid", 2};
  made.results = {row};
  EXPECT_EQ(deciding_change(row, made.plan).estimate, "+2 %");
  EXPECT_NE(remaining_text(made)[1].find("what it looks like (+2 %)"), std::string::npos) << remaining_text(made)[1];
}

TEST(RemainingText, SaysWhereAnEndIsCertainAndWhereEnoughHaveEntered) {
  judge::Report made = report();
  made.remaining->latest = judge::UnitsAhead{0.002, 940'000, std::nullopt};
  made.remaining->smallest->units = 0;
  const auto told = remaining_text(made);
  EXPECT_EQ(told[0], "Enough units have entered to be 80 % sure of finding a change of +1.0 % in basket.");
  EXPECT_NE(told[1].find("no more units at +4.5 % to 940,000 more units at +0.2 %."), std::string::npos) << told[1];
}

TEST(RemainingText, PromisesNothingItDoesNotKnow) {
  judge::Report made = report();
  made.remaining->units_per_day.reset();
  made.remaining->smallest->days.reset();
  EXPECT_NE(remaining_text(made)[0].find("is not known before"), std::string::npos);
  made.remaining->smallest.reset();
  made.remaining->soonest.reset();
  const auto told = remaining_text(made);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].find("names no smallest effect"), std::string::npos);
  made.remaining.reset();
  EXPECT_TRUE(remaining_text(made).empty());
}

TEST(RemainingText, StandsOnThePage) {
  EXPECT_NE(report_page(report(), {}, {}).find("How much longer?"), std::string::npos);
  EXPECT_EQ(report_page({}, {}, {}).find("How much longer?"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::page
