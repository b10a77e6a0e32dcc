#include "service/page/drawing.hpp"

#include <array>

#include <gtest/gtest.h>

namespace touchstone::page {
namespace {

TEST(Axis, HoldsZeroAndAllValuesWithAMargin) {
  const std::array values{0.1, 0.5};
  const auto axis = axis_around(values);
  EXPECT_DOUBLE_EQ(axis.low, -0.05);
  EXPECT_DOUBLE_EQ(axis.high, 0.55);
  EXPECT_NEAR(axis.percent(0.25), 50, 1e-9);
  EXPECT_EQ(axis.percent(-9), 0);
  EXPECT_EQ(axis.percent(9), 100);
}

// Quantiles of the normal distribution: z at 0.025 is -1.959964 (any table).
TEST(Dotplot, ItsDotsAreTheQuantilesBehindTheInterval) {
  const auto plot = dotplot_of({-1.959964, 0, 1.959964, 0.05}, 20);
  ASSERT_EQ(plot.outcomes.size(), 20U);
  EXPECT_NEAR(plot.outcomes.front(), -1.959964, 1e-6);
  EXPECT_NEAR(plot.outcomes.back(), 1.959964, 1e-6);
  EXPECT_NEAR(plot.outcomes[9], -0.0627068, 1e-6);
}

TEST(Dotplot, FollowsALopsidedInterval) {
  const auto plot = dotplot_of({-1, 0, 3, 0.05}, 20);
  EXPECT_NEAR(plot.outcomes.front(), -1, 1e-9);
  EXPECT_NEAR(plot.outcomes.back(), 3, 1e-9);
}

TEST(Dotplot, TheTallestColumnHoldsFourToSeven) {
  for (const std::size_t count : {20U, 50U})
    for (const double middle : {-3.0, -0.2, 0.0, 0.01, 1.0, 40.0}) {
      const auto plot = dotplot_of({middle - 1, middle, middle + 1, 0.05}, count);
      EXPECT_GE(plot.tallest, 4U) << middle;
      EXPECT_LE(plot.tallest, 7U) << middle;
    }
}

std::size_t arrows(const std::string& svg) {
  std::size_t count = 0;
  for (auto at = svg.find("<path"); at != std::string::npos; at = svg.find("<path", at + 1)) ++count;
  return count;
}

TEST(Interval, AnArrowStandsWhereItLeavesTheAxis) {
  IntervalRow row{
      .estimate = 0.5, .low = 0.1, .high = 0.9, .margin = std::nullopt, .smallest_effect = std::nullopt, .label = {}};
  EXPECT_EQ(arrows(draw_interval(row, {-1, 1}).text), 0U);
  row.high = 1.5;
  EXPECT_EQ(arrows(draw_interval(row, {-1, 1}).text), 1U);
  row.low = -3;
  EXPECT_EQ(arrows(draw_interval(row, {-1, 1}).text), 2U);
}

TEST(Interval, WhatLiesBeyondTheAxisIsNotDrawnAtItsEdge) {
  IntervalRow row{.estimate = 4, .low = 2, .high = 6, .margin = -5, .smallest_effect = std::nullopt, .label = {}};
  const auto svg = draw_interval(row, {-1, 1}).text;
  EXPECT_EQ(svg.find("<circle"), std::string::npos);
  EXPECT_EQ(svg.find("class=\"margin\""), std::string::npos);
  EXPECT_EQ(arrows(svg), 1U);
}

TEST(Interval, AnOpenEndReachesTheEdge) {
  IntervalRow row;
  row.estimate = 0.5;
  row.low = 0.0;
  const auto svg = draw_interval(row, {-1, 1}).text;
  EXPECT_NE(svg.find(R"(<rect x="50.00%" width="50.00%")"), std::string::npos) << svg;
}

TEST(Interval, SaysWhatItShows) {
  IntervalRow row;
  row.label = "a \"finding\"";
  EXPECT_NE(draw_interval(row, {}).text.find("aria-label=\"a &quot;finding&quot;\""), std::string::npos);
}

}  // namespace
}  // namespace touchstone::page
