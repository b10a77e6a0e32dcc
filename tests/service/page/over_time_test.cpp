// How the answer came about, drawn: what it says, and where it says nothing.

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "service/page/course_drawing.hpp"
#include "service/page/named_report.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

using namespace std::chrono_literals;

const Time kFirst = std::chrono::sys_days(std::chrono::year(2026) / 11 / 1);

judge::KnownThen known(int day, std::optional<double> low, double estimate, std::optional<double> high) {
  const judge::Interval interval{"ok", estimate, low, high};
  return {kFirst + std::chrono::days(day), 100, 100, interval, interval};
}

/// The goal of a_winner() over ten days, three of them told.
judge::OverTime ten_days() {
  judge::OverTime told;
  told.courses = {{"purchase",
                   1,
                   "one-page",
                   "control",
                   storage::MetricKind::proportion,
                   storage::MetricRole::goal,
                   "exact_conditional_spending",
                   {known(1, std::nullopt, 0.08, 0.4), known(5, -0.02, 0.05, 0.12), known(10, 0.016, 0.041, 0.067)}}};
  for (int day = 0; day < 10; ++day)
    told.entries.push_back({kFirst + std::chrono::days(day), static_cast<std::uint64_t>(1000 + 10 * day)});
  return told;
}

std::string page_of(const judge::Report& report, const judge::OverTime& told) {
  ReportHeading heading{"Shorter checkout", "", "", "running", "", "", ""};
  heading.over_time = told;
  return report_page(report, heading, {});
}

bool says(const std::string& page, std::string_view words) { return page.find(words) != std::string::npos; }

TEST(OverTime, SaysInWordsWhatTheBandShows) {
  auto report = a_winner();
  report.results[0].always_valid.decided_at = kFirst + 156h;
  const auto page = page_of(report, ten_days());
  EXPECT_TRUE(says(page, "Effect over time"));
  EXPECT_TRUE(says(page,
                   "purchase with one-page: from +8.0 % (−∞ to +40.0 %) on 2026-11-02 to +4.1 % (+1.6 % to +6.7 %) on "
                   "2026-11-11."))
      << page.substr(page.find("aria-label=\"purchase with"), 200);
  EXPECT_TRUE(says(page, "A change was clear from 2026-11-07 on."));
  EXPECT_TRUE(says(page, "1,000 to 1,090 new units a day that had any."));
  EXPECT_TRUE(says(page, "95\u00A0% always-valid interval: all bands hold together."));
  EXPECT_FALSE(says(page, "Dashed lines"));
  EXPECT_TRUE(says(page_of(a_winner(), ten_days()), "On no day was a change clear."));
}

TEST(OverTime, MarksAndNamesWhatWasChanged) {
  auto told = ten_days();
  told.changes = {{kFirst + 96h, judge::ChangeOf::split, {0.5, 0.5}, {0.9, 0.1}},
                  {kFirst + 97h, judge::ChangeOf::coverage, {0.1}, {1}},
                  {kFirst + 120h, judge::ChangeOf::pause, {}, {}, kFirst + 168h},
                  {kFirst + 168h, judge::ChangeOf::audience, {}, {}},
                  {kFirst + 239h, judge::ChangeOf::enrolment, {1}, {0}}};
  const auto page = page_of(a_winner(), told);
  EXPECT_TRUE(says(page, "x1=\"400\" x2=\"400\"")) << "96 of 240 hours, of a width of 1000";
  EXPECT_TRUE(
      says(page, "<li>2026-11-05: the split of the variants, 50\u00A0% : 50\u00A0% → 90\u00A0% : 10\u00A0%</li>"));
  EXPECT_TRUE(says(page, "<li>2026-11-05: how many take part, 10\u00A0% → 100\u00A0%</li>"));
  EXPECT_TRUE(says(page, "<li>2026-11-06: paused until 2026-11-08</li>"));
  EXPECT_TRUE(says(page, "<li>2026-11-08: who may take part, or who keeps what was met</li>"));
  EXPECT_TRUE(says(page, "<li>2026-11-10: no new units enter from then on</li>"));
  EXPECT_TRUE(says(page, R"(text-anchor="start">1</text>)"));
  EXPECT_FALSE(says(page, R"(text-anchor="start">2</text>)")) << "an hour later there is no room";
  EXPECT_TRUE(says(page, R"(text-anchor="start">3</text>)"));
  EXPECT_TRUE(says(page, R"(text-anchor="end">5</text>)")) << "at the edge it stands before its line";
}

TEST(OverTime, SaysNothingWhereDataMayNotBeUsedOrTheFirstDayIsNotOver) {
  EXPECT_FALSE(says(page_of(a_broken_split(), ten_days()), "Effect over time"));
  auto first = ten_days();
  first.entries.resize(1);
  EXPECT_FALSE(says(page_of(a_winner(), first), "Effect over time"));
  EXPECT_FALSE(says(report_page(a_winner(), {}, {}), "Effect over time")) << "of a report of the past";
}

TEST(OverTime, OnePointIsNoCourse) {
  auto told = ten_days();
  told.courses[0].points.resize(1);
  const auto page = page_of(a_winner(), told);
  EXPECT_TRUE(says(page, "Who came"));
  EXPECT_FALSE(says(page, "purchase with one-page: from"));
  EXPECT_FALSE(says(page, "The line is the estimate")) << "there is none";
}

TEST(OverTime, APlanThatLooksOnceSaysWhyItShowsNoResult) {
  EXPECT_TRUE(says(page_of(no_difference(), ten_days()), "This plan looks once, at its end"));
}

TEST(Counts, SayWhatBecameOfEveryExposureThatWasSent) {
  ReportHeading heading{"Shorter checkout", "", "", "running", "", "", ""};
  heading.exposures_sent = judge::Ledger{78'414, 78'400, 12, 2, 0, 0};
  EXPECT_TRUE(says(report_page(a_winner(), heading, {}),
                   "Of 78,414 exposures that were sent for it 78,400 were stored, 12 had been stored before, 2 are set "
                   "aside."));
  EXPECT_FALSE(says(report_page(a_winner(), {}, {}), "that were sent for it"));
}

TEST(OverTime, NamesStandForKeys) {
  const Names names{{{"purchase", "Completed <purchase>"}}, {{"one-page", "One page"}}};
  const auto told = with_names(ten_days(), names);
  EXPECT_EQ(told.courses[0].metric, "Completed <purchase>");
  EXPECT_EQ(told.courses[0].variant, "One page");
  const auto page = page_of(with_names(a_winner(), names), told);
  EXPECT_TRUE(says(page, "Completed &lt;purchase&gt; with One page: from"));
  EXPECT_FALSE(says(page, "<purchase>"));
}

// An axis of three times the reach of the last range, .067: what was open or wider before ends at its edges.
TEST(CourseDrawing, TheLastRangeIsShownWholeAndEarlierOnesAreCut) {
  const Stretch stretch{kFirst, kFirst + 240h};
  const DrawnCourse course{
      {{kFirst, 0.08, std::nullopt, 5.0}, {kFirst + 240h, 0.041, 0.016, 0.067}}, {}, 100, " %", "good", "it grew"};
  const auto drawn = draw_course(course, stretch).text;
  EXPECT_TRUE(says(drawn, "points=\"0,0.0 1000,44.0 1000,60.7 0,132.0\"")) << drawn;
  EXPECT_TRUE(says(drawn, "+20\u00A0%")) << ".201 at the top";
  EXPECT_TRUE(says(drawn, "aria-label=\"it grew\""));
}

}  // namespace
}  // namespace touchstone::page
