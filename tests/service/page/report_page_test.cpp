// The page against golden/*.html; what must never be in it; and what a name may not do to it.

#include "service/page/report_page.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "service/page/door_pages.hpp"
#include "service/page/experiments_page.hpp"
#include "service/page/frame.hpp"
#include "service/page/sign_in_pages.hpp"
#include "service/page/verdict_text.hpp"
#include "stats/wording.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

const ReportHeading kHeading{
    "Shorter checkout",     "We believe fewer steps raise completed purchases for all visitors.",
    "Checkout team",        "running",
    "2026-11-01 00:00 UTC", "",
    "2026-11-21 14:05 UTC"};
const PageStyle kStyle{false, "touchstone report shorter-checkout", {}, false, true, true};

/// TOUCHSTONE_GOLDEN=write makes the file anew, for a person to read the difference.
void expect_golden(const std::string& name, const std::string& html) {
  const std::string path = std::string(TOUCHSTONE_SOURCE_DIR) + "/tests/service/page/golden/" + name + ".html";
  const auto text = std::regex_replace(html, std::regex("(</(tr|li|p|h[1-6]|section|svg|head|div|ul)>)"), "$1\n");
  const char* wish = std::getenv("TOUCHSTONE_GOLDEN");  // NOLINT(concurrency-mt-unsafe)
  if (wish != nullptr && std::string_view(wish) == "write") std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str());
}

std::vector<judge::Report> all_planted() {
  return {a_winner(), a_broken_split(), no_difference(), a_segment_split(), nothing_yet()};
}

TEST(ReportPage, Winner) {
  ReportHeading heading = kHeading;
  heading.reach = {41'000, false, ""};
  expect_golden("winner", report_page(a_winner(), heading, kStyle));
}

TEST(ReportPage, BrokenSplit) { expect_golden("broken_split", report_page(a_broken_split(), kHeading, kStyle)); }

TEST(ReportPage, NoDifference) { expect_golden("no_difference", report_page(no_difference(), {}, kStyle)); }

TEST(ReportPage, SegmentSplit) { expect_golden("segment_split", report_page(a_segment_split(), kHeading, kStyle)); }

// Alpha .05 over two segments.
TEST(ReportPage, ASegmentIsToldAtItsShareOfAlpha) {
  const auto html = report_page(a_segment_split(), kHeading, kStyle);
  EXPECT_NE(html.find("purchase improved for New customers and got worse for Loyal customers."), std::string::npos);
  EXPECT_NE(html.find("Ranges of the 2 groups are 97.5\u00A0% always-valid intervals"), std::string::npos);
}

TEST(ReportPage, SparesManagersTheJargon) {
  for (const auto& report : all_planted()) {
    auto html = report_page(report, kHeading, kStyle);
    html.erase(html.find("<details>"));
    std::ranges::transform(html, html.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto word : stats::forbidden_words())
      EXPECT_EQ(html.find(word), std::string::npos) << "\"" << word << "\" on the page of " << report.experiment;
  }
}

// What default-src 'none'; style-src 'self' forbids.
TEST(ReportPage, KeepsItsOwnPolicy) {
  for (const auto& report : all_planted()) {
    const auto html = report_page(report, kHeading, kStyle);
    for (const auto* forbidden : {"<script", " style=", "javascript:", "http://", "https://", "<style"})
      EXPECT_EQ(html.find(forbidden), std::string::npos) << forbidden;
    EXPECT_FALSE(std::regex_search(html, std::regex(R"(<[a-z]+[^>]* on[a-z]+=)")));
  }
}

TEST(ReportPage, AsAFileLoadsNothingAndIsSmall) {
  const auto html = report_page(a_winner(), kHeading, {true, "touchstone report shorter-checkout", {}});
  EXPECT_NE(html.find(style_sheet()), std::string::npos);
  EXPECT_FALSE(std::regex_search(html, std::regex(R"((src|href)="[^#])")));
  EXPECT_LE(html.size(), 100'000U);
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// A name changes text, never the tree: as many tags with it as without.
TEST(ReportPage, NamesCannotBecomeMarkup) {
  const auto tags = count_of(report_page(named("plain"), {}, kStyle), "<");
  for (const std::string name : {"<script>alert(1)</script>", "\" onload=\"x", "' onload='x", "</style><b>",
                                 "&lt;b&gt;", "\u202Eevil\u202C", "🛒 cart", "<!--", "]]>"}) {
    ReportHeading heading;
    const auto html = report_page(named(name), heading, {false, name, {name}, false, true, true});
    const auto remark_tags = 3U;  // <li>, </li> of the remark, and no more
    EXPECT_LE(count_of(html, "<") - tags, remark_tags) << name;
    EXPECT_EQ(count_of(html, "<script"), 0U) << name;
    const auto unquoted = std::regex_replace(html, std::regex("\"[^\"]*\""), "");
    EXPECT_FALSE(std::regex_search(unquoted, std::regex(R"(<[a-z]+[^>]* onload=)"))) << name;
  }
}

// Every link within the page leads to something, and no id stands twice.
TEST(ReportPage, LinksLeadToTheirEvidence) {
  for (const auto& report : all_planted()) {
    const auto html = report_page(report, kHeading, kStyle);
    const std::regex link("href=\"#([^\"]+)\"");
    for (std::sregex_iterator it(html.begin(), html.end(), link); it != std::sregex_iterator(); ++it)
      EXPECT_EQ(count_of(html, " id=\"" + (*it)[1].str() + "\""), 1U) << (*it)[1];
  }
}

TEST(ReportPage, CountsOutcomesInTheWordsOfTheMethod) {
  EXPECT_NE(
      report_page(a_winner(), {}, kStyle).find("20 of 20 outcomes compatible with the data are better than today"),
      std::string::npos);
  const auto one_look = report_page(no_difference(), {}, kStyle);
  EXPECT_NE(one_look.find("9 of 20 equally likely outcomes are better than today. The odds, toss-up (57\u00A0%)"),
            std::string::npos);
}

TEST(ReportPage, ABrokenResultShowsNoOdds) {
  const auto html = report_page(a_broken_split(), kHeading, kStyle);
  EXPECT_EQ(html.find("How sure are we?"), std::string::npos);
  EXPECT_NE(html.find("What changed (not to be used)"), std::string::npos);
  EXPECT_LT(html.find("class=\"banner\""), html.find("id=\"verdict\""));
}

TEST(ReportPage, TellsWhatWasPlantedOnlyWhereAsked) {
  ReportHeading simulated = kHeading;
  EXPECT_EQ(report_page(a_winner(), simulated, kStyle).find("simulated"), std::string::npos);
  simulated.truth = PlantedTruth{"4 % more purchases.", "Ship it."};
  PageStyle style = kStyle;
  const auto offered = report_page(a_winner(), simulated, style);
  EXPECT_NE(offered.find("href=\"?truth#truth\""), std::string::npos);
  EXPECT_EQ(offered.find("4 % more"), std::string::npos);
  style.reveal = true;
  EXPECT_NE(report_page(a_winner(), simulated, style).find("4\u00A0% more purchases."), std::string::npos);
}

TEST(ReportPage, NamesAGuardrailOfWhichNothingIsKnown) {
  auto report = a_winner();
  auto& guardrail = report.results.back();
  ASSERT_EQ(guardrail.role, storage::MetricRole::guardrail);
  for (auto& row : report.results)
    if (row.role == storage::MetricRole::guardrail) row.conclusion = "unknown";
  report.verdict.code = "ship_with_care";
  std::erase_if(report.verdict.reasons, [](const auto& reason) { return reason.code.starts_with("guardrail_"); });
  const auto text = verdict_text(report);
  EXPECT_EQ((text.headline + text.sentence).find('{'), std::string::npos) << text.headline << text.sentence;
  EXPECT_NE(text.sentence.find("at worst anything, as too little is known of it."), std::string::npos) << text.sentence;
}

/// A guardrail of rare events: its range is many times that of the goal.
TEST(ReportPage, AWideGuardrailLeavesTheGoalReadable) {
  auto report = a_winner();
  auto& wide = report.results.back().always_valid.relative;
  wide.low = -0.9;
  wide.high = 9.0;
  const auto html = report_page(report, kHeading, kStyle);
  EXPECT_NE(html.find("an arrow that a range goes on beyond the drawing"), std::string::npos);
  const std::regex first_band("<svg class=\"interval\".*?class=\"zero\"/><rect x=\"[0-9.]+%\" width=\"([0-9.]+)%\"");
  std::smatch goal;
  ASSERT_TRUE(std::regex_search(html, goal, first_band));
  EXPECT_GT(std::stod(goal[1]), 9) << "of a hundred";
}

TEST(DoorPages, EscapeWhatTheyShow) {
  EXPECT_NE(missing_page("<b>").find("&lt;b&gt;"), std::string::npos);
  const Error wrong{ErrorCode::invalid, "<b>", "/email", "<i>"};
  EXPECT_NE(nobody_page().find("touchstone link"), std::string::npos);
  EXPECT_NE(setup_page({"\"x", "<a>", &wrong}).find("value=\"&lt;a&gt;\""), std::string::npos);
  EXPECT_NE(setup_page({"", "", &wrong}).find("aria-invalid=\"true\" aria-describedby=\"wrong\""), std::string::npos);
  EXPECT_EQ(sign_in_page({"/\"><b>", "\"><b>", &wrong}).find("<b>"), std::string::npos);
}

TEST(ExperimentsPage, ListsVerdictsAndLinks) {
  const std::vector<ListedExperiment> listed{
      {"shorter-checkout", "Shorter <b>", "running", std::make_shared<const judge::Report>(a_winner())},
      {"draft", "", "draft", nullptr}};
  const auto html = experiments_page(listed, true);
  EXPECT_NE(html.find("href=\"/experiments/shorter-checkout\""), std::string::npos);
  EXPECT_NE(html.find("Shorter &lt;b&gt;"), std::string::npos);
  EXPECT_NE(html.find(" Ship one-page, watch refunds"), std::string::npos);
  EXPECT_NE(html.find("running, 62,788 units"), std::string::npos);
  EXPECT_NE(experiments_page({}, false).find("None yet"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::page
