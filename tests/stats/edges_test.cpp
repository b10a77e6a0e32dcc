// What is seldom asked: last resorts, names of what is no value, more strata than stand in place.

#include <cmath>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/gamma.hpp"
#include "stats/effect.hpp"
#include "stats/exact_sum.hpp"
#include "stats/fixed/fisher.hpp"
#include "stats/fixed/interaction.hpp"
#include "stats/fixed/lift.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/lifetime_value/buying.hpp"
#include "stats/numeric/root.hpp"
#include "stats/numeric/stirling.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "stats/status.hpp"
#include "stats/verdict.hpp"

namespace touchstone::stats {
namespace {

TEST(Names, OfEveryStatusAndVerdictAreTheirOwn) {
  std::set<std::string_view> seen;
  for (int i = 0; i <= static_cast<int>(Status::not_converged); ++i) {
    EXPECT_FALSE(name(static_cast<Status>(i)).empty()) << i;
    EXPECT_TRUE(seen.insert(name(static_cast<Status>(i))).second) << i;
  }
  seen.clear();
  for (int i = 0; i <= static_cast<int>(VerdictCode::inconclusive); ++i)
    EXPECT_TRUE(seen.insert(name(static_cast<VerdictCode>(i))).second) << i;
  EXPECT_FALSE(seen.contains(""));
  EXPECT_EQ(name(Conclusion::unknown), "unknown");
}

TEST(Names, OfWhatIsNoValueAreEmpty) {
  EXPECT_EQ(name(static_cast<Status>(99)), "");
  EXPECT_EQ(name(static_cast<VerdictCode>(99)), "");
  EXPECT_EQ(name(static_cast<Conclusion>(99)), "");
  EXPECT_EQ(name(static_cast<Level>(99)), "");
}

TEST(CrossSums, MergeAsTheyAdd) {
  CrossSums whole;
  CrossSums first;
  CrossSums second;
  for (std::int64_t i = 1; i < 20; ++i) {
    whole.add(i, 3 * i + 1);
    (i % 2 == 0 ? first : second).add(i, 3 * i + 1);
  }
  first.merge(second);
  EXPECT_EQ(first, whole);
}

// Beta(3, 5): 15/576.
TEST(BetaPosterior, HasItsVariance) { EXPECT_NEAR((BetaPosterior{3, 5}.variance()), 15.0 / 576, 1e-16); }

TEST(Strata, AreTheSameInPlaceAndElsewhere) {
  std::vector<ProportionStratum> few{{{50, 1000}, {70, 1000}}, {{30, 400}, {25, 500}}};
  std::vector<ProportionStratum> many = few;
  many.resize(7);  // empty ones weigh nothing
  const Effect in_place = always_valid_proportions(few, {});
  const Effect elsewhere = always_valid_proportions(many, {});
  EXPECT_EQ(elsewhere.absolute.p, in_place.absolute.p);
  EXPECT_EQ(elsewhere.absolute.interval, in_place.absolute.interval);
}

// All alike: the more certain the parameters, the likelier, without end.
TEST(Buying, WithoutAMaximumIsSaidByName) {
  const BuyingFit fit = fit_buying(std::vector<Buyer>(50, {2, 5, 10}));
  EXPECT_EQ(fit.status, Status::not_converged);
  EXPECT_TRUE(std::isnan(fit.model.r));
}

TEST(RatioSums, MergeAsTheyAdd) {
  RatioSums whole;
  RatioSums part;
  whole.y.add(6);
  part.y.add(6);
  whole.cross.add(6, 2);
  part.cross.add(6, 2);
  RatioSums merged;
  merged.merge(part);
  EXPECT_EQ(merged, whole);
}

// x^s e^-x/Gamma(s + 1) leads: 10^-300/50!, log10 50! = 64.4830749.
TEST(Gamma, LowerTailBelowTheSmallestDouble) {
  EXPECT_EQ(gamma_lower(50, 1e-6).p, 0);
  EXPECT_NEAR(gamma_lower(50, 1e-6).log10_p, -364.4830749, 1e-6);
}

TEST(Stirling, TenFactorial) { EXPECT_NEAR(log_factorial(10), std::log(3'628'800.0), 1e-13); }

TEST(Fisher, NobodyInAnArmIsSaidByName) {
  EXPECT_EQ(fisher({0, 0}, {1, 5}).status, Status::insufficient_data);
  EXPECT_EQ(fisher({0, 0}, {0, 0}).status, Status::no_data);
}

TEST(Root, MayStandAtEitherEnd) {
  EXPECT_EQ(bracketed_root([](double x) { return x - 1; }, 0.0, 1.0), 1);
  EXPECT_EQ(bracketed_root([](double x) { return x; }, 0.0, 1.0), 0);
}

TEST(Spending, OfNoKnownKindIsAllAtOnce) { EXPECT_EQ(spent({static_cast<SpendingKind>(99), 0}, 0.05, 0.5), 0.05); }

// Where neither part of the set can be left out, nothing is known of the lift.
TEST(Fieller, TwoPossiblePartsAreTheWholeLine) {
  EXPECT_EQ(fieller(0, 0.1, {1, -0.999, 1}, 1.96), (Interval{-infinity, infinity}));
  EXPECT_FALSE(std::isinf(fieller(0, 0.1, {1, 0.999, 1}, 1.96).low));  // the other part lies below a lift of -1
}

// (8 - 5)/2 without skewness; with it Cornish and Fisher's first term, g (z^2 - 1)/6, is taken off.
TEST(ConversionScore, IsCorrectedForSkewness) {
  EXPECT_EQ((ConversionScore{3, 4, 0}.corrected_z()), 1.5);
  EXPECT_NEAR((ConversionScore{3, 4, 0.08}.corrected_z()), 1.5 - 0.01 * (1.5 * 1.5 - 1) / 6, 1e-4);
  EXPECT_TRUE(std::isnan(ConversionScore{}.corrected_z()));
}

TEST(Interaction, OfAssignmentsNeedsBothArmsOfBoth) {
  const auto told = [](std::int64_t n_00, std::int64_t n_01, std::int64_t n_10, std::int64_t n_11) {
    return assignment_independence({{n_00}, {n_01}, {n_10}, {n_11}});
  };
  EXPECT_EQ(told(0, 0, 0, 0).status, Status::no_data);
  EXPECT_EQ(told(5, 5, 0, 0).status, Status::insufficient_data);
  EXPECT_EQ(told(0, 0, 5, 5).status, Status::insufficient_data);
  EXPECT_EQ(told(5, 0, 5, 0).status, Status::insufficient_data);
  EXPECT_EQ(told(0, 5, 0, 5).status, Status::insufficient_data);
  // n (ad - bc)^2 over the product of the margins, by hand: 40 (10 15 - 5 10)^2/(15 25 20 20).
  EXPECT_NEAR(told(10, 5, 10, 15).chi2, 40.0 * 100 * 100 / (15.0 * 25 * 20 * 20), 1e-14);
}

// Two tables. SciPy 1.17: chi2_contingency without correction of each, chi2.sf of their sum.
TEST(Interaction, OfAssignmentsAddsUpOverStrata) {
  const std::vector<CountTable> strata{
      {{100, 120, 90}, {80, 95, 130}}, {{40, 30}, {25, 45}}, {{3, 4}, {4, 3}}, {{0, 0}, {0, 0}}, {{10, 0}, {10, 0}}};
  const AssignmentTest test = assignment_independence(strata);
  EXPECT_EQ(test.status, Status::ok);
  EXPECT_EQ(test.df, 3);
  EXPECT_NEAR(test.chi2, 18.823631406533273, 1e-12);
  EXPECT_NEAR(test.p.p, 0.0002973416780538161, 1e-15);
  EXPECT_EQ(assignment_independence(std::span(strata).subspan(2)).status, Status::insufficient_data);
}

// By hand: effects 2 and 4 in the first stratum, whose cells have 100 units, 1 and 1 in the second, with 200; weights
// 25 and 50. The third has too few.
TEST(Interaction, OfEffectsIsWeightedOverStrata) {
  const std::vector<CrossedCells> strata{{{100, 0, 1}, {100, 1, 1}, {100, 2, 1}, {100, 5, 1}},
                                         {{200, 0, 1}, {200, 0, 1}, {200, 1, 1}, {200, 1, 1}},
                                         {{19, 0, 1}, {500, 0, 1}, {500, 9, 1}, {500, 9, 1}}};
  const CrossedEffects found = crossed_effects(strata, 20, 0.05);
  EXPECT_NEAR(found.without.estimate, (25 * 2 + 50 * 1) / 75.0, 1e-15);
  EXPECT_NEAR(found.with.estimate, (25 * 4 + 50 * 1) / 75.0, 1e-15);
  EXPECT_NEAR(found.difference.estimate, 25 * 2 / 75.0, 1e-15);
  EXPECT_NEAR(found.difference.se, std::sqrt(25 * 25 * 0.04 + 50 * 50 * 0.02) / 75, 1e-15);
  EXPECT_EQ(crossed_effects(std::span(strata).subspan(2), 20, 0.05).difference.status, Status::insufficient_data);
}

// By hand: 21 degrees of freedom in the small cell, 99 in the others. Rows have 10 and (99 * 4 + 21 * 0) / 120 = 3.3,
// columns (99 * 10 + 99 * 4) / 198 = 7 and (99 * 10 + 21 * 0) / 120 = 8.25, all four (99 * 24) / 318 = 7.47.
TEST(Interaction, OfASmallCellTakesTheLargestVarianceAtHand) {
  const std::vector<CrossedCells> strata{{{100, 0, 10}, {100, 0, 10}, {100, 0, 4}, {22, 0, 0}}};
  const CrossedEffects found = crossed_effects(strata, 20, 0.05);
  const double all = 99 * 24.0 / 318;
  EXPECT_NEAR(found.without.se, std::sqrt(10 / 100.0 + all / 100), 1e-15);
  EXPECT_NEAR(found.with.se, std::sqrt(10 / 100.0 + 8.25 / 22), 1e-15);
  EXPECT_NEAR(found.difference.se, std::hypot(found.without.se, found.with.se), 1e-15);
}

// Bounds that cross leave nobody for the next look.
TEST(GroupSequential, BoundsThatCrossEndTheDesign) {
  const Operation found = operate(std::vector{0.5, 1.0}, {{1.0, 2.0}, {0.5, 2.0}}, 0);
  EXPECT_EQ(found.efficacy[1], 0);
}

}  // namespace
}  // namespace touchstone::stats
