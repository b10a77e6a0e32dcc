#include "service/page/weeks_text.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "service/judge/weeks.hpp"
#include "service/page/check_text.hpp"

namespace touchstone::page {
namespace {

using namespace std::chrono_literals;

CheckText told(int days, bool over) {
  judge::Report report;
  report.counts.units = 10;
  return check_text(judge::whole_weeks({Time{}, Time{} + days * 24h, over, 0h, 0h}), report);
}

TEST(WeeksText, SaysHowManyWeeks) {
  EXPECT_EQ(told(21, true).chip, "3 whole weeks");
  EXPECT_EQ(told(21, true).sign, "✓");
  EXPECT_EQ(told(21, true).sentence, "Units entered over 3 whole weeks. Every day of the week counts alike.");
  EXPECT_EQ(told(8, false).sentence,
            "Units have entered over 1 whole week and 1 day. Let it end with a whole week, so that every day of the "
            "week counts alike.");
}

TEST(WeeksText, SaysWhatIsUneven) {
  EXPECT_EQ(told(4, false).chip, "no whole week");
  EXPECT_EQ(told(4, false).sign, "!");
  EXPECT_NE(told(4, false).sentence.find("have entered over 4 days"), std::string::npos);
  EXPECT_EQ(told(17, true).chip, "2 weeks and 3 days");
  EXPECT_EQ(told(90, true).chip, "12 whole weeks");
  EXPECT_EQ(
      told(90, true).sentence,
      "Units entered over 12 whole weeks and 6 days. Over so many weeks every day of the week counts nearly alike.");
  EXPECT_NE(told(17, true).sentence.find("entered over 2 whole weeks and 3 days"), std::string::npos);
}

TEST(WeeksText, NothingWasLookedAtWithoutUnits) {
  auto check = judge::whole_weeks({});
  check.level = judge::CheckLevel::ok;
  check.value.reset();
  EXPECT_EQ(check_text(check, {}).chip, "whole weeks not looked at yet");
}

}  // namespace
}  // namespace touchstone::page
