#include "stats/fixed/trend.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

// In exact fractions: slope -23/1250, sum w (t - mean t)^2 = 12500; p by erfc.
TEST(trend, is_the_weighted_line) {
  const Trend found =
      trend(std::vector<TrendPoint>{{0, 0.1, 0.02}, {1, 0.08, 0.02}, {2, 0.05, 0.01}, {4, 0.06, 0.04}}, 1);
  EXPECT_EQ(found.status, Status::ok);
  EXPECT_NEAR(found.slope, -23.0 / 1250, 1e-15);
  EXPECT_NEAR(found.slope_se, 1 / std::sqrt(12500), 1e-15);
  EXPECT_NEAR(found.p.p, 0.03966867046306657, 1e-13);
  EXPECT_NEAR(found.first, 0.09264, 1e-15);
  EXPECT_NEAR(found.last, 0.01904, 1e-15);
}

// The mean of seven closed forms, in double arithmetic elsewhere; effects of thrice the slope.
TEST(trend, holds_at_every_look_by_a_mixture) {
  const Trend found =
      trend(std::vector<TrendPoint>{{0, 0.3, 0.02}, {1, 0.24, 0.02}, {2, 0.15, 0.01}, {4, 0.18, 0.04}}, 1);
  EXPECT_NEAR(found.anytime.p, 2.0861136756278613e-07, 1e-15);
  EXPECT_LT(found.p.p, found.anytime.p);
}

TEST(trend, moves_with_its_units_alone) {
  const Trend days = trend(std::vector<TrendPoint>{{0, 0.1, 0.02}, {1, 0.02, 0.02}, {3, 0.01, 0.05}}, 1);
  const Trend hours = trend(std::vector<TrendPoint>{{0, -100, 20}, {24, -20, 20}, {72, -10, 50}}, 1000.0 / 24);
  EXPECT_NEAR(hours.slope, -1000 * days.slope / 24, 1e-12);
  EXPECT_NEAR(hours.p.p, days.p.p, 1e-13);
  EXPECT_NEAR(hours.anytime.p, days.anytime.p, 1e-13);
}

TEST(trend, says_by_name_what_it_cannot_tell) {
  EXPECT_EQ(trend({}, 1).status, Status::no_data);
  EXPECT_EQ(trend(std::vector<TrendPoint>{{0, 1, 1}, {1, 2, 1}}, 1).status, Status::insufficient_data);
  EXPECT_EQ(trend(std::vector<TrendPoint>{{3, 1, 1}, {3, 2, 1}, {3, 1, 1}}, 1).status, Status::insufficient_data);
  EXPECT_EQ(trend(std::vector<TrendPoint>{{0, 1, 1}, {1, 2, 0}, {2, 1, 1}}, 1).status, Status::insufficient_data);
}

/// Steady effects: 20,000 lines of 12 points, and what they told at any of ten looks.
TEST(trend, alarms_as_often_as_its_p_says) {
  Draws draws(11);
  int at_the_end = 0;
  int at_any_look = 0;
  for (int run = 0; run < 20'000; ++run) {
    std::vector<TrendPoint> points;
    bool ever = false;
    for (int k = 0; k < 12; ++k) {
      const double se = 0.01 + 0.001 * k;
      points.push_back({static_cast<double>(k), 0.05 + se * draws.normal(), se});
      ever = ever || trend(points, 1).anytime.p < 0.01;
    }
    at_the_end += trend(points, 1).p.p < 0.01 ? 1 : 0;
    at_any_look += ever ? 1 : 0;
  }
  EXPECT_NEAR(at_the_end / 20'000.0, 0.01, 3 * std::sqrt(0.01 * 0.99 / 20'000));
  EXPECT_LE(at_any_look / 20'000.0, 0.01);
}

}  // namespace
}  // namespace touchstone::stats
