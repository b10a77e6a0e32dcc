// A customer's way, stage by stage.

#include <gtest/gtest.h>

#include "service/page/journey_text.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

using storage::JourneyStage;

const Stages kStages{{"reached_payment", JourneyStage::consideration},
                     {"purchase", JourneyStage::purchase},
                     {"refunds", JourneyStage::post_purchase}};

std::string page_of(const judge::Report& report, const Stages& stages) {
  ReportHeading heading{"Shorter checkout", "", "", "running", "", "", ""};
  heading.stages = stages;
  return report_page(report, heading, {});
}

bool says(const std::string& page, std::string_view words) { return page.find(words) != std::string::npos; }

TEST(Journey, PartsAtTheFirstStageThatShowsADifference) {
  auto report = a_winner();
  EXPECT_EQ(parts_at(report, kStages, "one-page"), JourneyStage::purchase);
  report.results[1].conclusion = "worse";
  EXPECT_EQ(parts_at(report, kStages, "one-page"), JourneyStage::consideration);
  report.results[0].conclusion = report.results[1].conclusion = "not_clear";
  EXPECT_EQ(parts_at(report, kStages, "one-page"), std::nullopt);
  report.results[3].conclusion = "harmed";
  EXPECT_EQ(parts_at(report, kStages, "one-page"), JourneyStage::post_purchase);
  EXPECT_EQ(parts_at(report, {}, "one-page"), std::nullopt);
}

TEST(Journey, TheReportShowsTheWayAndTagsItsRows) {
  const auto page = page_of(a_winner(), kStages);
  EXPECT_TRUE(says(page, "Where on the journey"));
  EXPECT_TRUE(says(page, "<h3>Awareness</h3><p class=\"soft\">no measure of this plan</p>"));
  EXPECT_TRUE(says(page, "<li class=\"parts\"><h3>Purchase</h3>"));
  EXPECT_TRUE(says(page, "▲ better +4.1\u00A0% relative"));
  EXPECT_TRUE(says(page, "one-page: customers&#39; ways part at the stage “Purchase” (purchase)."));
  EXPECT_TRUE(says(page, "<span class=\"stage\">Consideration</span>"));
  EXPECT_FALSE(says(page, "<span class=\"stage\">Awareness</span>"));
}

TEST(Journey, OneStageIsNoWayAndDistrustedFiguresPartNowhere) {
  EXPECT_FALSE(says(page_of(a_winner(), {{"purchase", JourneyStage::purchase}}), "Where on the journey"));
  EXPECT_FALSE(says(page_of(a_winner(), {}), "Where on the journey"));
  const auto broken = page_of(a_broken_split(), kStages);
  EXPECT_TRUE(says(broken, "Where on the journey (not to be used)"));
  EXPECT_FALSE(says(broken, "ways part"));
  EXPECT_FALSE(says(broken, "class=\"parts\""));
}

TEST(Journey, SeveralTreatmentsAreTold) {
  const auto report = named("B <b>");
  Stages stages;
  for (const auto& metric : report.plan.metrics)
    stages.emplace(metric.key, stages.empty() ? JourneyStage::awareness : JourneyStage::purchase);
  EXPECT_EQ(parting_sentences(report, stages).size(), report.plan.variants.size() - 1);
}

}  // namespace
}  // namespace touchstone::page
