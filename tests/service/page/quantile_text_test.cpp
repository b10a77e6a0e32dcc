#include "service/page/quantile_text.hpp"

#include <gtest/gtest.h>

#include "service/page/reach.hpp"
#include "service/page/report_markdown.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

/// A report whose measure is a quantile of loads.
judge::Report loads(const std::string& unit) {
  judge::Report report = no_difference();
  judge::Row& row = report.results.front();
  row.kind = report.plan.metrics.front().kind = storage::MetricKind::quantile;
  report.plan.metrics.front().unit = unit;
  row.arms[0].n = 2'990;
  row.arms[1].n = 3'010;
  row.arms[0].mean = 812;
  row.arms[1].mean = 790;
  row.absolute = {"ok", -22.0, -38.0, -5.0};
  row.always_valid.absolute = {"ok", -22.0, -47.0, 4.0};
  judge::Quantiles& told = row.quantile.emplace();
  told.which = 0.9;
  told.events = {11'960, 12'040};
  told.above = {1'196, 1'204};
  told.design_effect = {1.812, 1.7};
  told.arms = {judge::Interval{"ok", 812.0, 801.0, 825.0}, judge::Interval{"ok", 790.0, 780.0, std::nullopt}};
  return report;
}

TEST(QuantileText, SaysWhatShareOfEventsIsBelow) {
  const auto report = loads("ms");
  const judge::Row& row = report.results.front();
  EXPECT_EQ(quantile_name(row), "p90");
  EXPECT_EQ(quantile_change(row, report.plan), "p90 812\u00A0ms → 790\u00A0ms");
  EXPECT_EQ(quantile_text(row, report.plan),
            "90 % of events have at most 812\u00A0ms [801, 825] with control, 790\u00A0ms [780, +∞] with treatment; "
            "11,960 and 12,040 events of 2,990 and 3,010 units, 1,196 and 1,204 of them above; variance 1.81 and 1.7 "
            "times that of independent events");
}

TEST(QuantileText, NamesNoUnitThatIsNotThere) {
  const auto report = loads("");
  EXPECT_EQ(quantile_change(report.results.front(), report.plan), "p90 812 → 790");
}

TEST(QuantileText, SaysWhatIsMissing) {
  auto report = loads("ms");
  report.results.front().quantile->arms = {};
  EXPECT_EQ(quantile_text(report.results.front(), report.plan),
            "not known yet: each arm needs 20 units with events, and 5 with events beyond it");
}

TEST(QuantileText, OthersHaveNone) {
  const auto report = no_difference();
  EXPECT_EQ(quantile_name(report.results.front()), "");
  EXPECT_EQ(quantile_unit(report.results.front(), report.plan), "");
  EXPECT_EQ(quantile_change(report.results.front(), report.plan), "");
  EXPECT_EQ(quantile_text(report.results.front(), report.plan), "");
}

TEST(QuantileText, FiguresCarryTheirUnit) {
  const auto report = loads("ms");
  EXPECT_EQ(absolute_text(report.results.front(), report.plan, {}).estimate, "−22\u00A0ms");
  EXPECT_EQ(monthly_text(report.results.front(), report, {}), std::nullopt) << "it does not add up";
  EXPECT_NE(report_markdown(report).find("; p90 812\u00A0ms → 790\u00A0ms)"), std::string::npos)
      << report_markdown(report);
}

}  // namespace
}  // namespace touchstone::page
