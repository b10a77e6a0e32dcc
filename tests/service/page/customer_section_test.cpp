#include <gtest/gtest.h>

#include "service/page/change_text.hpp"
#include "service/page/check_text.hpp"
#include "service/page/report_csv.hpp"
#include "service/page/report_markdown.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;
using storage::MetricKind;
using storage::MetricRole;
using storage::ScoreForm;

/// 40 promoters, 20 passives and 40 detractors against 30, 20 and 50: 0 and -20 points.
Row nps_row() {
  Row row;
  row.metric = "would-recommend";
  row.kind = MetricKind::score;
  row.role = MetricRole::guardrail;
  row.variant = "coupon";
  row.control = "control";
  row.score = storage::Score{};
  row.arms[0] = {100, 0, 0, 8080.8, std::nullopt, 400, {0, 0, 0, 40, 0, 0, 0, 20, 0, 0, 40}, {}};
  row.arms[1] = {100, -20, -2000, 7676.8, std::nullopt, 500, {50, 0, 0, 0, 0, 0, 0, 0, 20, 30, 0}, {}};
  row.absolute = {"ok", -20, -44.8, 4.8};
  row.relative.status = "not_relative";
  row.always_valid.absolute = {"ok", -20, -60.2, 20.2};
  row.conclusion = "not_ruled_out";
  return row;
}

Row back_row() {
  Row row;
  row.metric = "came-back";
  row.kind = MetricKind::retention;
  row.variant = "coupon";
  row.control = "control";
  row.arms[0] = {1000, 0.3, 300, 0.21, 300};
  row.arms[1] = {1000, 0.33, 330, 0.22, 330};
  row.immature_units = 250;
  row.absolute = {"ok", 0.03, -0.01, 0.07};
  row.relative = {"ok", 0.1, -0.033, 0.24};
  row.always_valid.absolute = row.absolute;
  row.always_valid.relative = row.relative;
  row.conclusion = "not_clear";
  return row;
}

Row funnel_row() {
  Row row = back_row();
  row.metric = "checkout";
  row.kind = MetricKind::funnel;
  row.arms[0].steps = {800, 600, 300};
  row.arms[1].steps = {800, 660, 330};
  return row;
}

Report customers() {
  Report report;
  report.experiment = "coupon-popup";
  report.plan.method = {"always-valid", 2};
  report.plan.variants = {{"control", 500'000, true}, {"coupon", 500'000, false}};
  judge::PlannedMetric nps{"would-recommend", 1, MetricKind::score, MetricRole::guardrail, {}, "", 3};
  nps.score = storage::Score{};
  nps.words = "A unit's first answer.";
  judge::PlannedMetric funnel{"checkout", 1, MetricKind::funnel, MetricRole::secondary, {}, "", std::nullopt};
  funnel.steps = {"view", "basket", "buy"};
  report.plan.metrics = {nps, {"came-back", 1, MetricKind::retention, MetricRole::goal, {}, "", std::nullopt}, funnel};
  report.results = {nps_row(), back_row(), funnel_row()};
  return report;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(CustomerSection, TellsWhoPromotesAndWhoAnswers) {
  const auto html = customer_section(customers()).text;
  EXPECT_TRUE(holds(html, "detractors (0 to 6) 40.0 %, passives (7 to 8) 20.0 %, promoters (9 to 10) 40.0 %")) << html;
  EXPECT_TRUE(holds(html, "100 of 500 answered")) << html;
  EXPECT_TRUE(holds(html, "−20 points")) << html;
}

TEST(CustomerSection, TellsWhereTheFunnelLosesThem) {
  const auto html = customer_section(customers()).text;
  EXPECT_TRUE(holds(html, "60.0")) << html;
  EXPECT_TRUE(holds(html, "25.0")) << html;  // of 800 who viewed 600 filled a basket
  EXPECT_TRUE(holds(html, "basket")) << html;
}

TEST(CustomerSection, IsNotThereWithoutSuchMeasures) {
  Report report = customers();
  report.plan.metrics.clear();
  EXPECT_TRUE(customer_section(report).text.empty());
}

TEST(CustomerSection, NamesCannotBecomeMarkup) {
  Report report = customers();
  for (auto& metric : report.plan.metrics) metric.key = "<b>" + metric.key;
  for (auto& row : report.results) row.metric = "<b>" + row.metric;
  report.results[0].variant = "<i>";
  report.plan.metrics[2].steps[0] = "<u>";
  const auto html = customer_section(report).text;
  for (const auto* tag : {"<b>", "<i>", "<u>"}) EXPECT_FALSE(holds(html, tag)) << tag;
}

TEST(CustomerSection, MarginAndWaitingStandBesideTheMeasure) {
  const auto html = changes_section(customers(), {}).text;
  EXPECT_TRUE(holds(html, "margin −3 points")) << html;
  EXPECT_TRUE(holds(html, "250 not judged yet")) << html;
}

TEST(ChangeText, ScoresAreToldInTheirOwnUnit) {
  EXPECT_EQ(change_text(nps_row()).estimate, "−20 points");
  EXPECT_EQ(mean_text(nps_row(), 1), "−20");
  Row ces = nps_row();
  ces.score = storage::Score{ScoreForm::ces, 1, 7};
  ces.absolute = {"ok", -0.25, -0.5, 0};
  EXPECT_EQ(change_text(ces).estimate, "−0.25");
  Row csat = nps_row();
  csat.score = storage::Score{ScoreForm::csat, 1, 5, 4};
  csat.absolute = {"ok", -0.05, -0.09, -0.01};
  EXPECT_EQ(change_text(csat).estimate, "−5.0 points");
}

TEST(ChangeText, DurationsAreToldInAUnitThatFits) {
  Row row;
  row.kind = MetricKind::duration;
  row.arms[0].mean = 3 * 86'400.0;
  row.arms[1].mean = 2.5 * 86'400.0;
  row.absolute = {"ok", -43'200, -60'000, -26'400};
  EXPECT_EQ(mean_text(row, 0), "3.00 days");
  EXPECT_EQ(mean_text(row, 1), "2.50 days");
}

TEST(Exports, TellPointsToo) {
  EXPECT_TRUE(
      holds(report_csv(customers()), "\"would-recommend\",guardrail,\"coupon\",\"control\",100,100,0,-20,absolute,-20"))
      << report_csv(customers());
  EXPECT_TRUE(holds(report_markdown(customers()), "would-recommend, coupon: ! not ruled out, −20 points"))
      << report_markdown(customers());
}

TEST(CheckText, UnevenAnswersAreExplained) {
  judge::Check check;
  check.code = "responses";
  check.metric = "would-recommend";
  check.level = judge::CheckLevel::warn;
  check.value = 1e-5;
  check.figures = {{"units:control", 400}, {"answers:control", 100}, {"units:coupon", 500}, {"answers:coupon", 200},
                   {"off_scale", 3},       {"low:coupon", -30},      {"high:coupon", 4}};
  const auto text = check_text(check, customers());
  EXPECT_EQ(text.chip, "uneven answers for would-recommend");
  EXPECT_TRUE(holds(text.sentence, "control 25.0 %, coupon 40.0 %")) << text.sentence;
  EXPECT_TRUE(holds(text.sentence, "between −30.00 and +4.00")) << text.sentence;
}

}  // namespace
}  // namespace touchstone::page
