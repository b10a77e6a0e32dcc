// Names in the place of keys, wherever people read.

#include "service/page/named_report.hpp"

#include <gtest/gtest.h>

#include "service/page/report_markdown.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

/// Names that stand nowhere else in a page.
Names unmistakable(const judge::Report& report, const std::string& ending) {
  Names names;
  for (const auto& metric : report.plan.metrics) names.metrics.emplace(metric.key, "metric" + metric.key + ending);
  for (const auto& variant : report.plan.variants) names.variants.emplace(variant.key, "arm" + variant.key + ending);
  return names;
}

class NamedReport : public testing::TestWithParam<judge::Report (*)()> {};

TEST_P(NamedReport, NoPlaceKeepsAKey) {
  const auto report = GetParam()();
  const auto keyed = with_names(report, unmistakable(report, "zzkey"));
  const auto names = unmistakable(keyed, "zzname");
  const auto named = with_names(keyed, names);
  const auto text = report_page(named, {}, {}) + report_markdown(named);
  EXPECT_NE(text.find("zzname"), std::string::npos);
  for (auto at = text.find("zzkey"); at != std::string::npos; at = text.find("zzkey", at + 1))
    EXPECT_EQ(text.substr(at + 5, 6), "zzname") << text.substr(at < 80 ? 0 : at - 80, 160);
}

INSTANTIATE_TEST_SUITE_P(Planted, NamedReport, testing::Values(a_winner, a_broken_split, no_difference));

TEST(NamedReportAlone, WhatCouldBeMistakenKeepsItsKey) {
  auto report = a_winner();
  const auto names_are = [&](const Names::ByKey& variants) {
    const auto named = with_names(report, {{}, variants});
    return named.plan.variants[0].key + ", " + named.plan.variants[1].key;
  };
  EXPECT_EQ(names_are({{"control", "Today"}, {"one-page", "One page"}}), "Today, One page");
  EXPECT_EQ(names_are({{"control", "Checkout"}, {"one-page", "Checkout"}}), "control, one-page");
  EXPECT_EQ(names_are({{"control", "one-page"}, {"one-page", ""}}), "control, one-page");
  EXPECT_EQ(names_are({{"control", "control"}, {"one-page", "New"}}), "control, New");
  EXPECT_EQ(names_are({}), "control, one-page");
}

TEST(NamedReportAlone, LeavesTheFiguresAlone) {
  const auto report = a_winner();
  auto named = with_names(report, {{{"purchase", "Bought"}}, {}});
  ASSERT_NE(named, report);
  EXPECT_EQ(with_names(named, {{{"Bought", "purchase"}}, {}}), report);
}

}  // namespace
}  // namespace touchstone::page
