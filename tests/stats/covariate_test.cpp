#include "stats/fixed/covariate.hpp"

#include <array>

#include <gtest/gtest.h>

#include "stats/fixed/cuped.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

void add(RatioSums& sums, std::int64_t y, std::int64_t x) {
  sums.y.add(y);
  sums.x.add(x);
  sums.cross.add(y, x);
}

/// Five values of control and four of the treatment, again and again.
CovariateStratum shoppers(int control, int treatment) {
  constexpr std::array<std::array<std::int64_t, 2>, 5> a{{{3, 1}, {5, 4}, {0, 0}, {9, 7}, {4, 2}}};
  constexpr std::array<std::array<std::int64_t, 2>, 4> b{{{6, 2}, {8, 5}, {1, 0}, {12, 6}}};
  CovariateStratum made;
  for (int i = 0; i < control; ++i)
    add(made.a, a.at(static_cast<std::size_t>(i % 5))[0], a.at(static_cast<std::size_t>(i % 5))[1]);
  for (int i = 0; i < treatment; ++i)
    add(made.b, b.at(static_cast<std::size_t>(i % 4))[0], b.at(static_cast<std::size_t>(i % 4))[1]);
  return made;
}

/// Each y - slope (x - mean x) of the 25 and 24 units by exact fractions (Python's fractions module).
TEST(covariate, what_it_foretells_is_taken_out_to_the_third_moment) {
  const std::array strata{shoppers(25, 24)};
  const CovariateAdjustment made = adjust(strata, 0);
  EXPECT_EQ(made.status, Status::ok);
  EXPECT_NEAR(made.slope, 1.3545611015490533, 1e-14);
  EXPECT_NEAR(made.correlation, 0.9500833721244614, 1e-14);
  const MeanStratum& adjusted = made.strata.at(0);
  EXPECT_NEAR(adjusted.a.mean, 4.498556324423057, 1e-13);
  EXPECT_NEAR(adjusted.b.mean, 6.4390038287259825, 1e-13);
  EXPECT_NEAR(adjusted.a.m2, 19.759202040520083, 1e-12);
  EXPECT_NEAR(adjusted.b.m2, 37.72100449992742, 1e-12);
  EXPECT_NEAR(adjusted.a.m3, 6.276904009918962, 1e-10);
  EXPECT_NEAR(adjusted.b.m3, 3.185652105839061, 1e-10);
}

/// A stratum alone is what CUPED of one look makes of it.
TEST(covariate, agrees_with_the_test_of_one_look) {
  const std::array strata{shoppers(40, 30)};
  const CovariateAdjustment made = adjust(strata, 0);
  const auto pair = [](const RatioSums& arm) { return moments(PairSums{arm.y, arm.x, arm.cross.xy}, 0, 0); };
  const PairMoments a = pair(strata[0].a);
  const PairMoments b = pair(strata[0].b);
  const double slope = slope_within_arms(a, b);
  const Adjusted once = adjust(a, b, slope, slope, 0.05);
  EXPECT_DOUBLE_EQ(made.slope, slope);
  EXPECT_NEAR(made.strata[0].b.mean - made.strata[0].a.mean, once.difference.estimate, 1e-13);
  EXPECT_NEAR(made.strata[0].a.variance(), once.a.variance, 1e-12);
}

TEST(covariate, too_few_units_tell_no_slope) {
  const std::array strata{shoppers(40, 19)};
  const CovariateAdjustment made = adjust(strata, 0);
  EXPECT_EQ(made.status, Status::insufficient_data);
  EXPECT_EQ(made.strata.at(0).b.mean, moments(strata[0].b.y, 0).mean);
  EXPECT_EQ(adjust({}, 0).status, Status::no_data);
}

TEST(covariate, that_does_not_vary_takes_nothing_out) {
  CovariateStratum same;
  for (int i = 0; i < 30; ++i) {
    add(same.a, i, 5);
    add(same.b, 2 * i, 5);
  }
  const std::array strata{same};
  const CovariateAdjustment made = adjust(strata, 0);
  EXPECT_EQ(made.status, Status::zero_variance);
  EXPECT_EQ(made.slope, 0);
  EXPECT_EQ(made.strata.at(0).a.m3, moments(same.a.y, 0).m3);
}

/// What is foretold to the last digit leaves no variance, and no noise where skewness was.
TEST(covariate, that_tells_all_leaves_nothing) {
  CovariateStratum same;
  Draws draws(3);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t x = draws.between(0, 1'000'000);
    add(i % 2 == 0 ? same.a : same.b, 3 * x + 7, x);
  }
  const std::array strata{same};
  const MeanStratum left = adjust(strata, 3).strata.at(0);
  EXPECT_LT(left.a.m2, 1e-9 * moments(same.a.y, 3).m2);
  EXPECT_EQ(left.a.m3, 0);
}

/// A stratum where one arm is empty says nothing of the difference, and its slope counts.
TEST(covariate, an_empty_arm_has_no_mean_to_be_brought_to) {
  CovariateStratum half = shoppers(25, 0);
  const std::array strata{shoppers(25, 24), half};
  const CovariateAdjustment made = adjust(strata, 0);
  EXPECT_EQ(made.strata.at(1).b.n, 0);
  EXPECT_EQ(made.strata.at(1).a.mean, moments(half.a.y, 0).mean);
  EXPECT_LT(made.strata.at(1).a.m2, moments(half.a.y, 0).m2);
}

}  // namespace
}  // namespace touchstone::stats
