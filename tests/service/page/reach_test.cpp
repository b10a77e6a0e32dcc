// Expected numbers are products done by hand: an absolute change of a_winner's purchase is 0.1212 times its relative
// range (+1.6 %, +6.7 %), its estimate 0.1262 - 0.1212; a month has 41,000 units.

#include "service/page/reach.hpp"

#include <gtest/gtest.h>

#include "service/page/report_markdown.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

const Reach kReach{41'000, false, "EUR"};

judge::Report spending(std::string unit, storage::MetricKind kind = storage::MetricKind::sum) {
  auto report = a_winner();
  report.plan.metrics[0].unit = std::move(unit);
  report.plan.metrics[0].kind = report.results[0].kind = kind;
  return report;
}

std::string page_of(const judge::Report& report, const Reach& reach) {
  ReportHeading heading;
  heading.reach = reach;
  return report_page(report, heading, {});
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// 41,000 x 0.0050 = 205, x 0.0019392 = 79.5, x 0.0081204 = 332.9; half the range is 127, so tens are told.
TEST(Reach, AMonthIsTheChangeOfAUnitTimesTheUnits) {
  const auto month = monthly_text(a_winner().results[0], a_winner(), kReach);
  ASSERT_TRUE(month);
  EXPECT_EQ(month->estimate, "+210");
  EXPECT_EQ(month->range(), "+80 to +330");
}

TEST(Reach, TheVerdictSaysWhatItIsWorthAndForWhom) {
  EXPECT_EQ(worth_text(a_winner(), kReach),
            std::vector<std::string>{"Worth about +210 a month (+80 to +330) of purchase if everybody got one-page: "
                                     "41,000 units a month, as many as have entered so far."});
  EXPECT_EQ(worth_text(a_winner(), {41'000, true, ""}),
            std::vector<std::string>{"Worth about +210 a month (+80 to +330) of purchase if everybody got one-page: "
                                     "41,000 people a month, as set for this environment."});
  EXPECT_TRUE(holds(report_markdown(a_winner(), kReach), "\nWorth about +210 a month (+80 to +330) of purchase"));
}

TEST(Reach, MoneyIsToldInItsCurrency) {
  for (const auto* unit : {"EUR", "money"}) {
    const auto report = spending(unit);
    EXPECT_EQ(absolute_text(report.results[0], report.plan, kReach).estimate, "+0.0050\u00A0EUR");
    EXPECT_EQ(monthly_text(report.results[0], report, kReach)->estimate, "+210\u00A0EUR");
    EXPECT_TRUE(holds(page_of(report, kReach), "0.1212 → 0.1262\u00A0EUR"));
  }
  const auto orders = spending("orders");
  EXPECT_EQ(monthly_text(orders.results[0], orders, kReach)->estimate, "+210");
  EXPECT_TRUE(holds(worth_text(orders, kReach)[0], "+210 orders a month"));
  const auto none = spending("EUR");
  EXPECT_EQ(absolute_text(none.results[0], none.plan, {41'000, false, "USD"}).estimate, "+0.0050");
}

TEST(Reach, IsNotToldWhereItWouldMislead) {
  EXPECT_FALSE(any_monthly(a_winner(), {})) << "nobody knows how many";
  EXPECT_FALSE(any_monthly(a_broken_split(), kReach));
  EXPECT_TRUE(worth_text(a_broken_split(), kReach).empty());
  for (const auto kind : {storage::MetricKind::mean, storage::MetricKind::ratio, storage::MetricKind::duration})
    EXPECT_FALSE(monthly_text(spending("", kind).results[0], spending("", kind), kReach));
  auto unknown = a_winner();
  unknown.results[0].status = "insufficient_data";
  EXPECT_FALSE(monthly_text(unknown.results[0], unknown, kReach));
  auto open = a_winner();
  open.results[0].always_valid.absolute.high.reset();
  EXPECT_TRUE(worth_text(open, kReach).empty());
  auto unclear = a_winner();
  unclear.results[0].conclusion = "not_clear";
  EXPECT_TRUE(worth_text(unclear, kReach).empty());
  EXPECT_EQ(monthly_text(open.results[0], open, kReach)->high, "+∞");
}

TEST(Reach, AChangeForTheWorseIsNotWorthIt) {
  auto report = a_winner();
  report.results[0].conclusion = "worse";
  EXPECT_TRUE(worth_text(report, kReach)[0].starts_with("About "));
}

TEST(Reach, ThePageLetsChooseTheScaleWithoutAScript) {
  const auto html = page_of(a_winner(), kReach);
  for (const auto* part :
       {R"(<input type="radio" name="scale" id="scale-relative" checked="checked"/>)",
        R"(<label for="scale-month">Per month</label>)", R"(<span class="as-absolute"><strong>+0.50 points)",
        R"(<span class="as-month"><strong>+210 a month)", "times 41,000 units a month"})
    EXPECT_TRUE(holds(html, part)) << part;
  EXPECT_FALSE(holds(page_of(a_winner(), {}), "scale-month"));
}

}  // namespace
}  // namespace touchstone::page
