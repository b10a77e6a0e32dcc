// What to believe of effects that were picked because they looked large.

#include "stats/bayes/shrinkage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

/// Hits of 18 batters in their first 45 times at bat, 1970 (Efron and Morris, Scientific American, May 1977).
constexpr std::array kHits{18., 17., 16., 15., 14., 14., 13., 12., 11., 11., 10., 10., 10., 10., 10., 9., 8., 7.};
/// Its column of Stein's estimates.
constexpr std::array kStein{.294, .289, .285, .280, .275, .275, .270, .266, .261,
                            .261, .256, .256, .256, .256, .256, .251, .247, .242};

std::vector<SegmentEffect> batters() {
  double mean = 0;
  for (const double hits : kHits) mean += hits / 45 / kHits.size();
  std::vector<SegmentEffect> all;
  for (const double hits : kHits) all.push_back({hits / 45, std::sqrt(mean * (1 - mean) / 45)});
  return all;
}

TEST(Shrinkage, IsSteinsWhereVariancesAreEqual) {
  const auto all = batters();
  const auto prior = effect_prior(all);
  ASSERT_EQ(prior.status, Status::ok);
  EXPECT_NEAR(prior.mean, .265, .001);
  EXPECT_NEAR(1 - shrinkage(prior, all[0].se), .212, .001) << "the article's c";
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_NEAR(believed_sum(prior, std::span(all).subspan(i, 1), .05).estimate, kStein.at(i), .0011) << i;
}

/// Morris 1983 for equal variances: s^2 = V (1 - (k-1)/k B) + 2/(k-3) B^2 (y - mean)^2, by hand.
TEST(Shrinkage, LeavesMorrissVarianceOpen) {
  const auto all = batters();
  const auto prior = effect_prior(all);
  const double variance = all[0].se * all[0].se;
  const double b = 1 - .21165341714426555;
  const double away = 18. / 45 - prior.mean;
  const double wanted = variance * (1 - 17. / 18 * b) + 2. / 15 * b * b * away * away;
  const auto best = believed_sum(prior, std::span(all).first(1), .05);
  EXPECT_NEAR(best.se, std::sqrt(wanted), 1e-12);
  EXPECT_NEAR(best.interval.high - best.estimate, 1.959963984540054 * best.se, 1e-12);
}

TEST(Shrinkage, OfEffectsThatDifferByChanceAloneKeepsTheLeastOfTheirOwn) {
  const std::vector<SegmentEffect> same(5, {.02, .01});
  const auto prior = effect_prior(same);
  EXPECT_EQ(prior.spread, 0);
  EXPECT_DOUBLE_EQ(shrinkage(prior, .01), .5) << "(k - 3)/(k - 1)";
  EXPECT_NEAR(believed_sum(prior, same, .05).estimate, .1, 1e-15);
}

TEST(Shrinkage, NeedsFourEffects) {
  const std::vector<SegmentEffect> three{{.1, .01}, {.2, .01}, {.3, .02}};
  EXPECT_EQ(effect_prior(three).status, Status::insufficient_data);
  EXPECT_EQ(believed_sum(effect_prior(three), three, .05).status, Status::insufficient_data);
  EXPECT_EQ(effect_prior({}).status, Status::no_data);
  const std::vector<SegmentEffect> blind{{.1, .01}, {.2, 0}, {.3, .02}, {.3, .02}};
  EXPECT_EQ(effect_prior(blind).status, Status::out_of_range);
  EXPECT_EQ(believed_sum(effect_prior(batters()), {}, .05).status, Status::no_data);
}

/// A company's year, many times: effects of mean .5 % and spread 2 %, seen with errors of 1 to 4 %, and those shipped
/// that look clearly good. The truth is known.
struct Years {
  double raw_too_much = 0;  ///< mean of (raw sum - true sum)
  double shrunk_too_much = 0;
  double covered = 0;  ///< share of the sums within their intervals
  int years = 0;
};
Years live(int experiments, int years) {
  Draws draws(7);
  Years seen;
  for (int year = 0; year < years; ++year) {
    std::vector<SegmentEffect> all;
    std::vector<SegmentEffect> shipped;
    double truth = 0;
    for (int i = 0; i < experiments; ++i) {
      const double real = .005 + .02 * draws.normal();
      const double se = .01 + .03 * draws.uniform();
      all.push_back({real + se * draws.normal(), se});
      if (all.back().estimate < 1.64 * se) continue;
      shipped.push_back(all.back());
      truth += real;
    }
    if (shipped.empty()) continue;
    double raw = 0;
    for (const auto& one : shipped) raw += one.estimate;
    const auto believed = believed_sum(effect_prior(all), shipped, .05);
    seen.raw_too_much += raw - truth;
    seen.shrunk_too_much += believed.estimate - truth;
    seen.covered += believed.interval.contains(truth) ? 1 : 0;
    ++seen.years;
  }
  seen.raw_too_much /= seen.years;
  seen.shrunk_too_much /= seen.years;
  seen.covered /= seen.years;
  return seen;
}

class ManyYears : public testing::TestWithParam<int> {};

TEST_P(ManyYears, TheSumOfWhatWasShippedIsNotTooLarge) {
  const auto seen = live(GetParam(), 4000);
  RecordProperty("raw", std::to_string(seen.raw_too_much));
  RecordProperty("shrunk", std::to_string(seen.shrunk_too_much));
  RecordProperty("covered", std::to_string(seen.covered));
  EXPECT_GT(seen.raw_too_much, .02) << "the winner's curse is there to be lifted";
  EXPECT_LT(std::abs(seen.shrunk_too_much), seen.raw_too_much / 2);
  EXPECT_GT(seen.covered, .92);
}

INSTANTIATE_TEST_SUITE_P(Experiments, ManyYears, testing::Values(8, 20, 60));

}  // namespace
}  // namespace touchstone::stats
