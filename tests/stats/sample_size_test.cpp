#include "stats/planning/sample_size.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "stats/planning/always_valid.hpp"
#include "stats/planning/power.hpp"
#include "stats/sequential/error_budget.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

struct Course {
  bool right = false;
  bool wrong = false;
  double stopped = 1;
};

/// One course of 500 looks against the boundary that reports use.
Course walk(double drift, double threshold, Draws& draws) {
  double score = 0;
  for (int k = 1; k <= 500; ++k) {
    const double t = k / 500.0;
    score += drift / 500 + draws.normal() / std::sqrt(500.0);
    const double z = score / std::sqrt(t);
    if (std::abs(z) >= boundary_critical(t, threshold)) return {z > 0, z < 0, t};
  }
  return {};
}

// The recursion against 4,000 simulated courses, 4.5 standard errors.
TEST(AlwaysValidPlan, PowerAndStoppingTimeAreThoseOfSimulatedCourses) {
  constexpr int kCourses = 4'000;
  const double threshold = usual_log_threshold(0.045);
  for (const double drift : {0.0, 2.0, 3.6}) {
    Draws draws(static_cast<std::uint64_t>(10 * drift) + 1);
    double right = 0;
    double stopped = 0;
    for (int i = 0; i < kCourses; ++i) {
      const Course course = walk(drift, threshold, draws);
      right += course.right ? 1 : 0;
      stopped += course.stopped;
    }
    const SequentialOperation told = always_valid_operation(drift, 0.05);
    EXPECT_NEAR(right / kCourses, told.power, 4.5 * std::sqrt(told.power * (1 - told.power) / kCourses)) << drift;
    EXPECT_NEAR(stopped / kCourses, told.expected, 4.5 * 0.33 / std::sqrt(kCourses)) << drift;
  }
}

// All 500 looks together spend the error that is kept for the time before the horizon.
TEST(AlwaysValidPlan, WithoutAnEffectItDeclaresAsOftenAsItsBudgetSays) {
  const SequentialOperation none = always_valid_operation(0, 0.05);
  EXPECT_NEAR(none.power + none.wrong, 0.045, 1e-6);
  EXPECT_NEAR(none.power, none.wrong, 1e-12);
}

TEST(AlwaysValidPlan, TheDriftOfAPowerHasThatPower) {
  for (const double alpha : {0.05, 0.0125})
    for (const double power : {0.5, 0.8, 0.95})
      EXPECT_NEAR(always_valid_operation(always_valid_drift(power, alpha), alpha).power, power, 1e-4);
  EXPECT_TRUE(std::isnan(always_valid_drift(0.04, 0.05)));
  EXPECT_TRUE(std::isnan(always_valid_drift(1, 0.05)));
}

TEST(AlwaysValidPlan, TheDriftIsKnownAtOnceToFivePartsInTenThousand) {
  for (const double alpha : {0.2, 0.05, 0.05 / 12})
    for (const double power : {0.5, 0.8})
      EXPECT_NEAR(always_valid_drift_near(power, alpha) / always_valid_drift(power, alpha), 1, 5e-4) << alpha << power;
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.4, 0.05)));
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.8, 0.3)));
  EXPECT_NEAR(always_valid_operation(always_valid_drift(0.3, 0.05), 0.05).power, 0.3, 1e-4) << "beyond its range";
}

const Baseline kShop{.conversions = true, .mean = 0.04, .variance = 0, .answering = 1};

// R 4.2: uniroot of the unpooled Wald size; the function is held against the reference table.
TEST(SampleSize, OfAFixedHorizonIsTheUnpooledWaldSize) {
  const SizeAnswer found = answer(
      {.baseline = kShop, .allocation = {}, .stopping = {.method = SizedFor::fixed_horizon}, .difference = 0.002});
  EXPECT_NEAR(found.units, 2 * size_rates_unpooled(0.04, 0.042, 0.8, 0.05), 1e-6 * found.units);
  EXPECT_NEAR(found.power, 0.8, 1e-9);
  EXPECT_DOUBLE_EQ(found.expected_with_effect, found.units);
  EXPECT_NEAR(found.fixed_horizon_units, found.units, 1e-6 * found.units);
}

TEST(SampleSize, AnyOfTheThreeIsFoundFromTheOtherTwo) {
  for (const SizedFor method : {SizedFor::always_valid, SizedFor::fixed_horizon})
    for (const double difference : {0.004, -0.004}) {
      const SizeQuestion asked{.baseline = kShop,
                               .allocation = {0.8, 0.1},
                               .stopping = {.method = method},
                               .difference = difference,
                               .power = 0.9};
      const SizeAnswer sized = answer(asked);
      SizeQuestion back{asked};
      back.difference.reset();
      back.units = sized.units;
      back.sign = difference > 0 ? 1 : -1;
      EXPECT_NEAR(answer(back).difference, difference, 1e-9);
      back.difference = difference;
      back.power.reset();
      EXPECT_NEAR(answer(back).power, 0.9, 1e-4);
    }
}

TEST(SampleSize, AlwaysValidNeedsMoreAtMostAndFewerOnAverage) {
  const SizeAnswer found = answer({.baseline = kShop, .allocation = {}, .difference = 0.004});
  EXPECT_GT(found.units, 1.4 * found.fixed_horizon_units);
  EXPECT_LT(found.expected_with_effect, found.fixed_horizon_units);
  EXPECT_GT(found.expected_without_effect, 0.95 * found.units);
  EXPECT_LT(found.wrong_sign, 0.001);
}

TEST(SampleSize, OfASurveyGrowsAsFewerAnswer) {
  const Baseline all{.conversions = false, .mean = 30, .variance = 70 * 70};
  Baseline few = all;
  few.answering = 0.2;
  const auto units = [](const Baseline& baseline) {
    return answer({.baseline = baseline,
                   .allocation = {},
                   .stopping = {.method = SizedFor::fixed_horizon},
                   .difference = 5})
        .units;
  };
  EXPECT_NEAR(units(few), 5 * units(all), 1e-6 * units(few));
  EXPECT_NEAR(units(all), 2 * size_means_normal(5.0 / 70, 0.8, 0.05, 1), 1e-6 * units(all));
}

TEST(SampleSize, WhatCannotBeFoundIsUndefined) {
  EXPECT_TRUE(std::isnan(answer({.baseline = kShop, .allocation = {}, .difference = 0}).units)) << "nothing to find";
  EXPECT_TRUE(std::isnan(answer({.baseline = kShop, .allocation = {}, .difference = -0.05}).units)) << "a rate below 0";
  EXPECT_TRUE(std::isnan(answer({.baseline = kShop, .allocation = {}, .units = 20, .sign = -1}).difference));
  EXPECT_TRUE(std::isnan(answer({.baseline = kShop, .allocation = {}, .difference = 0.01, .power = 0.01}).units));
}

struct GroupRow {
  GroupLooks looks;
  double most = 0;
  double expected_without = 0;
  double expected_with = 0;
};

// rpact 3.3.4: getSampleSizeMeans(alternative = .1, stDev = 1, sided = 2, alpha = .05, beta = .2), whose fixed size is
// that of the t test: one in a thousand more.
TEST(SampleSize, OfAGroupSequentialPlanIsThatOfTheReference) {
  const Spending fleming{SpendingKind::obrien_fleming};
  const Spending pocock{SpendingKind::pocock};
  for (const GroupRow& row : {GroupRow{{2, fleming}, 3153.17586, 3148.36625, 2894.51020},
                              GroupRow{{5, fleming}, 3219.13063, 3197.99441, 2587.51359},
                              GroupRow{{2, pocock}, 3526.46210, 3471.79184, 2685.67388},
                              GroupRow{{5, pocock}, 3809.43259, 3718.31537, 2499.50301}}) {
    const SizeAnswer found = answer({.baseline = {.mean = 1, .variance = 1},
                                     .allocation = {},
                                     .stopping = {SizedFor::group_sequential, row.looks},
                                     .difference = 0.1});
    EXPECT_NEAR(found.units / row.most, 1, 1e-3);
    EXPECT_NEAR(found.expected_without_effect / row.expected_without, 1, 1e-3);
    EXPECT_NEAR(found.expected_with_effect / row.expected_with, 1, 1e-3);
    EXPECT_NEAR(found.power, 0.8, 1e-9);
  }
}

TEST(SampleSize, OfAGroupSequentialPlanLeadsBackToItsPower) {
  for (const Futility futility : {Futility::none, Futility::non_binding, Futility::binding}) {
    SizeQuestion asked{.baseline = kShop,
                       .allocation = {},
                       .stopping = {SizedFor::group_sequential, {4, {SpendingKind::pocock}, futility, {}}},
                       .difference = -0.004,
                       .power = 0.9};
    const SizeAnswer sized = answer(asked);
    asked.power.reset();
    asked.units = sized.units;
    const SizeAnswer back = answer(asked);
    EXPECT_NEAR(back.power, 0.9, 1e-9);
    EXPECT_NEAR(back.expected_without_effect, sized.expected_without_effect, 1e-6 * sized.units);
    EXPECT_EQ(back.given_up_with_effect > 0, futility != Futility::none);
    EXPECT_EQ(back.wrong_sign == 0, futility != Futility::none) << "with futility one sign alone is claimed";
  }
}

TEST(SampleSize, OfAnEquivalenceHasNoSideToGiveUpOn) {
  const SizeQuestion asked{.baseline = kShop,
                           .allocation = {},
                           .stopping = {SizedFor::group_sequential, {5, {}, Futility::binding, {}}},
                           .claim = Claim::equivalence,
                           .margin = 0.01};
  EXPECT_TRUE(std::isnan(answer(asked).units));
}

TEST(SampleSize, UnitsAndDriftLeadToEachOther) {
  EXPECT_NEAR(units_for(kShop, {}, 0.004, drift_of(kShop, {}, 0.004, 5'000)), 5'000, 1e-8);
  EXPECT_TRUE(std::isnan(units_for(kShop, {}, 0, 3))) << "no effect is found by nobody";
}

// rpact 3.3.4: getSampleSizeRates(pi1 = .1, pi2 = .1, thetaH0 = -.02, alpha = .025, beta = .2), 7097.14: null variance
// at the rates constrained to the margin, here each arm's own.
TEST(SampleSize, OfNoHarmBeyondAMargin) {
  const Baseline tenth{.conversions = true, .mean = 0.1, .variance = 0.09};
  SizeQuestion asked{.baseline = tenth,
                     .allocation = {},
                     .stopping = {.method = SizedFor::fixed_horizon},
                     .claim = Claim::non_inferiority,
                     .margin = 0.02};
  EXPECT_NEAR(answer(asked).units / 7097.14288, 1, 6e-3);
  asked.difference = 0.01;
  const double helped = answer(asked).units;
  asked.difference = -0.01;
  EXPECT_GT(answer(asked).units, 4 * helped) << "half the margin is gone, against half of it more";
  asked.sign = -1;
  EXPECT_NEAR(answer(asked).units / helped, 1, 0.2) << "where a rise is the harm, this helps";
  asked.difference = 0.02;
  EXPECT_TRUE(std::isnan(answer(asked).units)) << "as large as the margin";
}

// Both bounds of a .95 interval within the margin: 2 Phi(m/se - 1.959964) - 1.
TEST(SampleSize, OfEquivalenceShowsBothSides) {
  const SizeQuestion asked{.baseline = {.mean = 5, .variance = 4},
                           .allocation = {},
                           .stopping = {.method = SizedFor::fixed_horizon},
                           .claim = Claim::equivalence,
                           .margin = 0.5};
  const SizeAnswer found = answer(asked);
  EXPECT_NEAR(found.units, std::pow((1.959964 + 1.281552) / 0.5, 2) * 4 * 4, 0.01);
  EXPECT_NEAR(found.power, 0.8, 1e-9);
  SizeQuestion with_units = asked;
  with_units.units = found.units / 20;
  EXPECT_EQ(answer(with_units).power, 0) << "the interval is wider than the margin";
}

TEST(SampleSize, FallsWithACovariateAndRisesInClusters) {
  EXPECT_DOUBLE_EQ(covariate_factor(-0.6), 0.64);
  EXPECT_DOUBLE_EQ(cluster_factor(20, 0, 0.05), 1.95);
  EXPECT_DOUBLE_EQ(cluster_factor(20, 10, 0.05), 2.2);
  Baseline shop = kShop;
  shop.factor = 0.5;
  const auto units = [](const Baseline& baseline) {
    return answer({.baseline = baseline,
                   .allocation = {},
                   .stopping = {.method = SizedFor::fixed_horizon},
                   .difference = 0.002})
        .units;
  };
  EXPECT_NEAR(units(shop), units(kShop) / 2, 1e-6);
}

// The linearised unit values by hand: (9 + 4 4 - 2 .5 3 4)/4.
TEST(SampleSize, OfARatioTakesTheDeltaMethodsVariance) {
  const Baseline ratio = ratio_baseline({8, 3, 2, 1, 0.5});
  EXPECT_DOUBLE_EQ(ratio.mean, 4);
  EXPECT_DOUBLE_EQ(ratio.variance, (9 + 16 - 12) / 4.0);
}

TEST(SampleSize, OfValuesFollowsFromTheirVariance) {
  const Baseline orders{false, 10, 4, 1, 1};
  EXPECT_DOUBLE_EQ(detectable(orders, {}, 400, 2, 1), 0.4) << "2 sqrt((4/.5 + 4/.5)/400)";
  EXPECT_DOUBLE_EQ(detectable(orders, {}, 400, 2, -1), -0.4);
}

TEST(SampleSize, ARateCannotLeaveItsRange) {
  const Baseline rate{true, 0.9, 0, 1, 1};
  EXPECT_TRUE(std::isnan(drift_of(rate, {}, 0.2, 1000)));
  EXPECT_TRUE(std::isnan(drift_of(rate, {}, -0.95, 1000)));
  EXPECT_TRUE(std::isnan(detectable({true, 1, 0, 1, 1}, {}, 1000, 2, 1))) << "nothing is above all";
}

TEST(SampleSize, HarmBeyondTheMarginIsNeverNoHarm) {
  SizeQuestion question;
  question.baseline = {true, 0.2, 0, 1, 1};
  question.claim = Claim::non_inferiority;
  question.margin = 0.02;
  question.difference = -0.03;
  question.units = 10'000;
  EXPECT_TRUE(std::isnan(answer(question).power));
}

TEST(SampleSize, AnEquivalenceMayLookMoreThanOnce) {
  SizeQuestion question;
  question.baseline = {true, 0.2, 0, 1, 1};
  question.claim = Claim::equivalence;
  question.margin = 0.02;
  question.stopping.method = SizedFor::group_sequential;
  EXPECT_NEAR(answer(question).power, 0.8, 1e-9);
}

TEST(AlwaysValidPlan, TheDriftNearbyIsKnownForUsualErrorsAlone) {
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.8, 0.5)));
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.8, 1e-8)));
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.4, 0.05)));
  EXPECT_TRUE(std::isnan(always_valid_drift_near(0.9999, 0.05)));
  EXPECT_NEAR(always_valid_drift_near(0.8, 0.05) / always_valid_drift(0.8, 0.05), 1, 5e-4);
}

}  // namespace
}  // namespace touchstone::stats
