// Always-valid and group sequential methods where nothing, or everything, is left to decide.

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/normal.hpp"
#include "stats/moments.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/error_budget.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "stats/sequential/spending.hpp"
#include "stats/sequential/two_keys.hpp"
#include "stats/sequential/uniform_boundary.hpp"
#include "stats/sequential/values.hpp"
#include "stats/sequential/walk_bound.hpp"

namespace touchstone::stats {
namespace {

// Two users, one conversion: B's total is 0 or 1 with a half each. All of it may be spent, so nothing is left.
TEST(ConversionWalk, AWholeBudgetStopsEveryPath) {
  ConversionWalk walk({1, 0});
  const ConversionLimits limits = walk.advance({2, 1, 1, 1, 1});
  EXPECT_EQ(limits.upper, 1);
  EXPECT_EQ(limits.lower, 0);
  EXPECT_EQ(walk.side(), Side::better);
  const ConversionLimits later = walk.advance({2, 1, 1, 1, 1});
  EXPECT_EQ(later.upper, later.lower + 1);
}

TEST(ConversionScore, OfTicksWithOneOrTwoUsers) {
  const std::array one{ConversionTick{1, 1, 1, 1, 1}};
  EXPECT_EQ(conversion_score(one).variance, 0);
  const std::array two{ConversionTick{2, 1, 1, 1, 1}};
  EXPECT_EQ(conversion_score(two).variance, 0.25);  // of a half coin
  EXPECT_EQ(conversion_score(two).third, 0);
}

TEST(ConversionVerdict, BeforeALimitExistsNothingIsExcluded) {
  const std::array few{ConversionTick{10, 5, 2, 1, 0.01}};
  const ConversionVerdict verdict = judge_conversions(few, {});
  EXPECT_EQ(verdict.side, Side::none);
  EXPECT_EQ(verdict.ratio, (Interval{0, infinity}));
  EXPECT_EQ(verdict.difference, (Interval{-1, 1}));
}

// B wins by a mile and then loses by one: the claim stands, with the interval that made it.
TEST(ConversionVerdict, AClaimThatIsReversedKeepsItsInterval) {
  const ConversionTick first{2000, 1000, 500, 400, 0.5};
  const std::array then{first};
  const std::array now{first, ConversionTick{20'000, 10'000, 5000, 500, 1}};
  const ConversionVerdict decided = judge_conversions(then, {});
  const ConversionVerdict later = judge_conversions(now, {});
  ASSERT_EQ(decided.side, Side::better);
  EXPECT_EQ(later.side, Side::better);
  EXPECT_EQ(later.decided_at, 0);
  EXPECT_EQ(later.ratio, decided.ratio);
  EXPECT_EQ(later.difference, decided.difference);
}

// At the horizon .9 of the error may be spent, half of it to a side: 2 P(X >= 318)/.9 of the hypergeometric X, in exact
// fractions (Python's fractions module), and at most a hundredth more.
TEST(ConversionVerdict, AnytimePOfOneTickIsItsTail) {
  const std::array tick{ConversionTick{2000, 1000, 500, 318, 1}};
  const double exact = 2.7540751036667304e-12;
  EXPECT_GE(conversions_anytime_p(tick, {}), exact);
  EXPECT_LE(conversions_anytime_p(tick, {}), exact * 1.01);
}

TEST(ConversionVerdict, AnytimePEndsAtATrillionth) {
  const std::array sure{ConversionTick{2000, 1000, 500, 500, 1}};
  EXPECT_EQ(conversions_anytime_p(sure, {}), 1e-12);
}

TEST(RatioInterval, IsOpenWhereNothingIsKnown) {
  const std::array some{RatioStratum{10, 10, 3, 4}};
  const Interval all{0, infinity};
  EXPECT_EQ(ratio_interval(some, 1e60, 1e60), all) << "no ratio is that unlikely";
  EXPECT_EQ(ratio_interval(some, infinity, infinity), all);
  EXPECT_EQ(ratio_interval(std::array{RatioStratum{10, 10, 0, 0}}, 2, 2), all);
  EXPECT_EQ(ratio_interval(std::array{RatioStratum{10, 10, 0, 4}}, 2, 2).high, infinity);
  EXPECT_EQ(ratio_interval(std::array{RatioStratum{10, 10, 3, 0}}, 2, 2).low, 0);
  EXPECT_TRUE(std::isnan(ratio_score(std::array{RatioStratum{10, 10, 0, 0}}, 1)));
}

TEST(DifferenceInterval, IsOpenWhereNothingIsKnown) {
  const std::array some{ProportionStratum{{3, 10}, {4, 10}}};
  const Interval all{-1, 1};
  EXPECT_EQ(difference_interval(some, infinity, infinity), all);
  EXPECT_EQ(difference_interval(some, infinity, 2).low, -1);
  // Where the score is without end at either end, that end is never excluded by infinity.
  EXPECT_EQ(difference_interval(std::array{ProportionStratum{{0, 10}, {10, 10}}}, 2, 2).high, 1);
  EXPECT_EQ(difference_interval(std::array{ProportionStratum{{10, 10}, {0, 10}}}, 2, 2).low, -1);
  EXPECT_TRUE(std::isnan(difference_score(std::array{ProportionStratum{{0, 10}, {0, 10}}}, 0)));
}

TEST(ErrorBudget, ThresholdsOfUnusualErrors) {
  EXPECT_EQ(usual_log_threshold(0.5), boundary_log_threshold(0.5, 500));
  EXPECT_NEAR(usual_log_threshold(0.9), -std::log(0.9), 1e-15) << "Ville's inequality";
  EXPECT_NE(boundary_log_threshold(0.05, 3), boundary_log_threshold(0.05, 500));
}

TEST(Spending, BeginsAtNothingAndMayBeEven) {
  EXPECT_EQ(spent({SpendingKind::pocock, 0}, 0.05, 0), 0);
  EXPECT_EQ(spent({SpendingKind::hwang_shih_decani, 0}, 0.05, 0.25), 0.0125) << "the limit at zero is linear";
  EXPECT_NEAR(spent({SpendingKind::hwang_shih_decani, 1e-9}, 0.05, 0.25), 0.0125, 1e-9);
}

TEST(GroupSequential, BoundsThatNobodyReachesHaveNoPower) {
  const std::vector information{0.5, 1.0};
  EXPECT_EQ(drift_for_power(information, {{-infinity, -infinity}, {infinity, infinity}}, 0.2), infinity);
}

TEST(WalkBound, NothingToSpendIsABoundBeyondAll) {
  ScoreWalk walk;
  walk.advance(1);
  EXPECT_EQ(bound_above(walk, 0), infinity);
  EXPECT_EQ(bound_above(walk, 1e-320), infinity) << "beyond 38 there is no normal tail";
  walk.stop_outside(-2, infinity);
  walk.advance(2);
  // Of paths that were above -2 at half of the way: P(Z1 > -2, Z2 > z) is at most P(Z2 > z).
  EXPECT_LT(walk.above(1), normal_upper(1).p);
  EXPECT_GT(walk.above(1), 0.999 * normal_upper(1).p);
}

TEST(TwoKeys, OneKeyAloneDeclaresNothing) {
  const auto at = [](double first, double second) { return Keys{.first = first, .second = second}; };
  EXPECT_EQ(declared(at(-3, -3), 2), -1);
  EXPECT_EQ(declared(at(-3, -1), 2), 0);
  EXPECT_EQ(declared(at(3, 1), 2), 0);
}

MeanStratum skewed() {
  return {moments(std::vector{1.0, 1.0, 1.0, 2.0, 40.0}), moments(std::vector{1.0, 1.0, 2.0, 3.0, 55.0, 1.0, 1.0})};
}

TEST(TwoKeys, ACriticalValueBelowTheSkewnessHoldsTheEstimateAlone) {
  const std::array strata{skewed()};
  const double difference = strata[0].b.mean - strata[0].a.mean;
  const Interval found = keys_difference_interval(strata, 1e-6);
  EXPECT_LE(found.low, difference);
  EXPECT_GE(found.high, difference);
  EXPECT_LT(found.high - found.low, 30);
}

TEST(TwoKeys, ARatioNeedsPositiveMeans) {
  const MeanStratum s = skewed();
  EXPECT_TRUE(std::isnan(keys_ratio_interval(std::array{MeanStratum{s.a, scaled(s.b, -1)}}, 2).low));
  EXPECT_TRUE(std::isnan(keys_ratio_interval(std::array{MeanStratum{scaled(s.a, -1), s.b}}, 2).low));
  EXPECT_TRUE(std::isnan(keys_ratio_interval(std::array{MeanStratum{}}, 2).low));
}

ValueTick tick_around(double a, double b, int users, double t) {
  std::vector<double> of_a;
  std::vector<double> of_b;
  for (int i = 0; i < users; ++i) {
    of_a.push_back(a + i % 3 - 1);
    of_b.push_back(b + i % 3 - 1);
  }
  return {{moments(of_a), moments(of_b)}, t, 0};
}

// As with conversions; the ratio has no meaning once a mean is negative.
TEST(ValueVerdict, AClaimThatIsReversedKeepsItsInterval) {
  const std::vector then{tick_around(10, 12, 1, 0.01), tick_around(10, 12, 300, 0.5)};
  const ValueVerdict decided = judge_values(then, {});
  ASSERT_EQ(decided.side, Side::better);
  EXPECT_EQ(decided.decided_at, 1) << "of one user nothing is known";
  std::vector<ValueTick> now = then;
  now.push_back(tick_around(10, -40, 300, 1));
  const ValueVerdict later = judge_values(now, {});
  EXPECT_EQ(later.side, Side::better);
  EXPECT_EQ(later.difference, decided.difference);
  EXPECT_FALSE(later.ratio.known());
}

// The theorem's bound written out again in Python.
TEST(DoubleStitching, BelowTheMedian) {
  EXPECT_NEAR(double_stitching_bound(0.3, 100, 0.05, 10, 0.5, {}), 25.862177471554855, 1e-5);
  EXPECT_NEAR(double_stitching_bound(0.45, 10, 0.05, 10, 0.5, {}), 6.672177888936758, 1e-5);
}

TEST(Bernoulli, HalfASuccessExcludesNothing) {
  EXPECT_EQ(bernoulli_interval(0.5, 1, 0.05, 10), (Interval{0, 1}));
  EXPECT_EQ(bernoulli_interval(2, 2, 0.05, 10).high, 1);
}

}  // namespace
}  // namespace touchstone::stats
