// At the far ends of what may be asked: tails that no double holds, arguments outside of the support, searches that
// find no end.

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/gamma.hpp"
#include "stats/distribution/student.hpp"
#include "stats/estimate.hpp"
#include "stats/fixed/dunnett.hpp"
#include "stats/fixed/fisher.hpp"
#include "stats/fixed/lift.hpp"
#include "stats/fixed/margin.hpp"
#include "stats/fixed/score.hpp"
#include "stats/moments.hpp"
#include "stats/numeric/binomial.hpp"
#include "stats/numeric/climb.hpp"
#include "stats/numeric/exact_total.hpp"
#include "stats/numeric/normal_step.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/wide_integer.hpp"

namespace touchstone::stats {
namespace {

// P(X <= x) = 24!/(19! 4! 20) x^20 (1 + O(x)) = 10626 x^20: log10 10626 = 4.026369811.
TEST(FarEnds, TailsOfABetaDistributionThatNoDoubleHolds) {
  for (const double power : {17.0, 50.0, 300.0}) {
    const Tail tail = beta_lower(20, 5, unit_point(std::pow(10, -power)));
    EXPECT_EQ(tail.p, 0);
    EXPECT_NEAR(tail.log10_p, 4.0263698115737 - 20 * power, 1e-10) << power;
  }
  EXPECT_NEAR(beta_lower(1, 1, unit_point(1e-300)).log10_p, -300, 1e-12);
  EXPECT_NEAR(beta_lower(1, 1, unit_point(1e-300)).p, 1e-300, 1e-312);
}

TEST(FarEnds, ABetaDistributionEndsAtZeroAndOne) {
  EXPECT_EQ(beta_lower(2, 3, {1, 0}).p, 1);
  EXPECT_EQ(beta_lower(2, 3, {0, 1}).p, 0);
  EXPECT_EQ(beta_log_density_logit(2, 3, {0, 1}), -infinity);
  EXPECT_EQ(beta_log_density_logit(2, 3, {1, 0}), -infinity);
  // x^.01 = 1e-10 and (1 - x)^.01 = .1: 1e-1000, and 1e-100 below one.
  EXPECT_EQ(beta_quantile(0.01, 1, 1e-10), 0);
  EXPECT_EQ(beta_quantile(1, 0.01, 0.9), 1);
}

TEST(FarEnds, NothingLiesBelowZeroOfAGammaDistribution) {
  EXPECT_EQ(gamma_lower(3, 0).p, 0);
  EXPECT_EQ(gamma_lower(3, -1).log10_p, -infinity);
}

TEST(FarEnds, AStudentThatIsZeroButForItsSign) { EXPECT_EQ(student_two_sided(1e-200, 100).p, 1); }

TEST(FarEnds, OutsideOfTheSupportNothingIsLikely) {
  EXPECT_EQ(binomial_log_pmf(-1, 5, 0.5, 0.5), -infinity);
  EXPECT_EQ(binomial_log_pmf(6, 5, 0.5, 0.5), -infinity);
  EXPECT_EQ(hypergeometric_log_pmf(-1, 10, 4, 5), -infinity);
  EXPECT_EQ(hypergeometric_log_pmf(5, 10, 4, 5), -infinity) << "more than are marked";
  EXPECT_EQ(hypergeometric_log_pmf(4, 10, 6, 3), -infinity) << "more than are drawn";
  EXPECT_EQ(hypergeometric_log_pmf(0, 10, 6, 5), -infinity) << "only four are not marked";
  EXPECT_EQ(hypergeometric_log_pmf(0, 10, 4, 0), 0) << "nothing else can be drawn";
  EXPECT_EQ(hypergeometric_log_pmf(4, 10, 4, 10), 0);
  EXPECT_EQ(deviance(0, 3), 3);
  EXPECT_EQ(log_add(-infinity, -infinity), -infinity);
}

// A double treatment is one of the same two-sided normal tail, 2 Q(15) = erfc(15/sqrt 2) of Python's math module.
TEST(FarEnds, TreatmentsFarBeyondTheirControl) {
  EXPECT_NEAR(many_to_one_upper({{0.82}}, 15) / 7.341932398625719e-51, 1, 1e-8);
}

TEST(FarEnds, AnEndIsKnownOrTheIntervalIsNot) {
  EXPECT_TRUE((Interval{0, 1}.known()));
  EXPECT_FALSE((Interval{0, undefined}.known()));
  EXPECT_FALSE((Interval{undefined, 1}.known()));
  EXPECT_TRUE(std::isnan(anytime_p(undefined).p));
}

TEST(FarEnds, SumsThatNoDoubleHoldsHaveNoMean) {
  const Moments beyond = moments(std::vector{1.7e308, 1.7e308});
  EXPECT_FALSE(std::isfinite(beyond.mean));
  EXPECT_EQ(beyond.mean_rest, 0);
  EXPECT_EQ(exact_total({}), 0);
}

TEST(FarEnds, AQuotientOfNumbersThatAreWholeLimbsApart) {
  const Int256 limb = Int256(Int128(1) << 64U);
  EXPECT_EQ(ratio(limb * limb, Int256(1)), std::ldexp(1, 128));
  EXPECT_EQ(ratio(Int256(1), limb), std::ldexp(1, -64));
}

// Uphill for ever: nothing is found, and the search ends.
TEST(FarEnds, ASlopeWithoutASummit) {
  const auto plane = [](const std::array<double, 1>& at) { return Slope<1>{at[0], {1}}; };
  const Summit<1> summit = climb(plane, std::array{0.0}, 1e-9);
  EXPECT_FALSE(summit.found);
  EXPECT_GT(summit.at[0], 100);
}

TEST(FarEnds, AStepToWhereNobodyComesFrom) {
  const EqualPanels from{-1, 0.5, 2};
  const EqualPanels to{200, 0.5, 1};
  const std::vector<double> masses(from.size(), 1.0 / static_cast<double>(from.size()));
  for (const double density : after_step({0, 1, 19}, from, masses, to)) EXPECT_EQ(density, 0);
}

// The other part of the set, up to -.78, is a possible lift.
TEST(FarEnds, ALiftBeyondBothRootsIsAnything) {
  EXPECT_EQ(fieller(2.38546, 0.999295, {0.294368, -0.530667, 2.26121}, 2), (Interval{-infinity, infinity}));
  EXPECT_EQ(fieller(0.1, 2, {1, 0, 1}, 2), (Interval{-infinity, infinity})) << "the quadratic is a line";
}

// Everybody in B and nobody in A. The lower limits by maximising the likelihood at each difference by golden sections.
TEST(FarEnds, DifferencesOfOne) {
  const auto limits = [](const Proportion& a, const Proportion& b) {
    return score_interval_difference(std::array{ProportionStratum{a, b}}, 1.959963984540054);
  };
  EXPECT_NEAR(limits({0, 10}, {10, 10}).low, 0.6777496838943612, 1e-8);
  EXPECT_NEAR(limits({0, 10}, {20, 20}).low, 0.7224672001371106, 1e-8);
  EXPECT_NEAR(limits({0, 20}, {10, 10}).low, 0.7224672001371106, 1e-8);
  EXPECT_EQ(limits({0, 10}, {10, 10}).high, 1);
  EXPECT_NEAR(limits({10, 10}, {0, 20}).high, -0.7224672001371106, 1e-8);
  EXPECT_EQ(limits({10, 10}, {0, 20}).low, -1);
}

TEST(FarEnds, AMarginOfWhatShouldFall) {
  const MarginTest falls = margin_test(-0.3, 0.1, 0.2, 0.05, false);
  const MarginTest rises = margin_test(0.3, 0.1, 0.2, 0.05, true);
  EXPECT_EQ(falls.p_superior, rises.p_superior);
  EXPECT_EQ(falls.non_inferior.p, rises.non_inferior.p);
}

}  // namespace
}  // namespace touchstone::stats
