#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "service/page/check_text.hpp"
#include "service/page/report_markdown.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

using judge::Check;
using judge::CheckLevel;
using judge::Report;

Check doubt(std::string code, std::optional<double> value, double limit) {
  Check made;
  made.code = std::move(code);
  made.level = CheckLevel::warn;
  made.value = value;
  made.limit = limit;
  return made;
}

Check guilty_slice() {
  Check made = doubt("slice_split", 1e-5, 0.001);
  made.attribute = "country";
  made.slice = R"("FR")";
  made.figures = {
      {"units:control", 400}, {"expected:control", 325}, {"units:one-page", 250}, {"expected:one-page", 325}};
  return made;
}

Check drifting(double first, double last) {
  Check made = doubt("drift", 2e-4, 0.001);
  made.metric = "purchase";
  made.variant = "one-page";
  made.figures = {{"first:one-page", first}, {"last:one-page", last}, {"relative:one-page", 1}};
  return made;
}

std::string told(const Check& check) { return check_text(check, a_winner()).sentence; }

TEST(DoubtText, NamesTheSliceAndWhatItHasTooMuchOf) {
  EXPECT_EQ(told(guilty_slice()),
            "Among units with country FR: control 400 of 325 planned, one-page 250 of 325 planned; the other slices by "
            "country are as planned. Chance of so uneven a split by luck: less than 0.01 %. Something loses or adds "
            "units there.");
  Check none = guilty_slice();
  none.slice.clear();
  EXPECT_EQ(check_text(none, a_winner()).chip, "no country not split as planned");
}

TEST(DoubtText, SaysWhichAttributesAreNotForComparing) {
  Check moved = doubt("post_exposure", 1e-6, 0.001);
  moved.attribute = "rounds";
  EXPECT_EQ(check_text(moved, a_winner()).chip, "do not compare by rounds");
  moved.level = CheckLevel::ok;
  moved.status = "names_variant";
  EXPECT_EQ(check_text(moved, a_winner()).chip, "rounds tells the variant");
  Check many = doubt("slice_split", std::nullopt, 0.001);
  many.status = "too_many_values";
  EXPECT_EQ(check_text(many, a_winner()).chip, "slices not looked at");
}

TEST(DoubtText, TellsWhatWearsOffAUnitAndWhatGrowsOnIt) {
  Check worn = drifting(0.6, 0.02);
  worn.code = "novelty";
  worn.figures = {{"days", 14},
                  {"first:one-page", 0.6},
                  {"last:one-page", 0.02},
                  {"per_day:one-page", -0.04},
                  {"per_day_low:one-page", -0.06},
                  {"per_day_high:one-page", -0.02}};
  EXPECT_EQ(check_text(worn, a_winner()).chip, "purchase wears off");
  EXPECT_NE(told(worn).find("+60.0 % on a unit's first day, +2.0 % on day 14"), std::string::npos) << told(worn);
  EXPECT_NE(told(worn).find("by −4.0 % a day (between −6.0 % and −2.0 %)"), std::string::npos) << told(worn);
  EXPECT_NE(told(worn).find("It fades"), std::string::npos);
  worn.code = "primacy";
  EXPECT_EQ(check_text(worn, a_winner()).chip, "purchase grows with use");
  worn.level = CheckLevel::ok;
  worn.code = "novelty";
  EXPECT_EQ(check_text(worn, a_winner()).chip, "no novelty effect");
  worn.value.reset();
  EXPECT_EQ(check_text(worn, a_winner()).chip, "days after the first exposure not looked at yet");
  EXPECT_NE(told(worn).find("have completed the days of their window"), std::string::npos);
}

TEST(DoubtText, NamesTheSegmentsThatTotalsHide) {
  Check turned = doubt("simpson", 1e-7, 0.001);
  turned.metric = "purchase";
  turned.variant = "one-page";
  turned.attribute = "country";
  turned.figures = {{"added_up:one-page", -0.105}, {"within_segments:one-page", 0.275}};
  EXPECT_NE(told(turned).find("totals over all segments by country differ by"), std::string::npos) << told(turned);
  turned.level = CheckLevel::ok;
  Report report = a_winner();
  report.trust = {turned, turned};
  const auto all = told_checks(report);
  EXPECT_EQ(std::ranges::count(all, "simpson", &Check::code), 1) << "one speaks for the others";
}

TEST(DoubtText, TellsWhatIsTooGoodAndWhatTurns) {
  Check huge = doubt("twyman", 2.2, 2);
  huge.metric = "purchase";
  huge.variant = "one-page";
  huge.figures = {{"change:one-page", 1.234}};
  EXPECT_NE(told(huge).find("the change is +123.4 %, and certainly more than double of control"), std::string::npos);
  huge.figures.front().value = -0.7;
  EXPECT_NE(told(huge).find("the change is −70.0 %, and certainly less than half of control"), std::string::npos);
  huge.figures.front().value.reset();
  EXPECT_NE(told(huge).find("the change is from none at all, and certainly more than double"), std::string::npos);
  Check turned = doubt("simpson", 1e-7, 0.001);
  turned.metric = "purchase";
  turned.variant = "one-page";
  turned.figures = {{"added_up:one-page", -0.27}, {"within_phases:one-page", 0.05}};
  EXPECT_NE(told(turned).find("differ by −0.27, units within phases by 0.05"), std::string::npos) << told(turned);
}

TEST(DoubtText, TellsTheCourseOfADrift) {
  EXPECT_NE(told(drifting(0.08, 0.01)).find("+8.0 % among those who entered first, +1.0 % among the last"),
            std::string::npos)
      << told(drifting(0.08, 0.01));
  EXPECT_NE(told(drifting(0.08, 0.01)).find("It fades"), std::string::npos);
  EXPECT_NE(told(drifting(0.01, 0.08)).find("It grows"), std::string::npos);
  EXPECT_NE(told(drifting(0.04, -0.03)).find("It turned around"), std::string::npos);
}

/// One speaks for all metrics in which it is fine, and keeps silent beside one that is not.
TEST(DoubtText, IsBrief) {
  Report report = a_winner();
  const std::size_t others = report.checks.size() + 1;  // the guardrails come last
  Check fine = drifting(0.04, 0.04);
  fine.level = CheckLevel::ok;
  report.trust = {fine, fine, fine};
  EXPECT_EQ(told_checks(report).size(), others + 1);
  report.trust.push_back(drifting(0.08, 0.01));
  ASSERT_EQ(told_checks(report).size(), others + 1);
  EXPECT_EQ(told_checks(report)[others - 1].level, CheckLevel::warn);
}

TEST(DoubtText, StandsOnThePageAndInTheSummary) {
  Report report = a_winner();
  report.trust = {guilty_slice()};
  EXPECT_NE(report_page(report, {}, {}).find("country FR not split as planned"), std::string::npos);
  EXPECT_NE(report_page(report, {}, {}).find("slice_split of country"), std::string::npos) << "for analysts";
  EXPECT_NE(report_markdown(report).find("- ! Among units with country FR"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::page
