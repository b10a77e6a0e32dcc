// Where an arm, or a stratum of one, has nobody, a figure is unknown and says why; other strata answer without it.

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/effect.hpp"
#include "stats/fixed/covariate.hpp"
#include "stats/fixed/cuped.hpp"
#include "stats/fixed/fisher.hpp"
#include "stats/fixed/heterogeneity.hpp"
#include "stats/fixed/lift.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/quantile.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/fixed/response.hpp"
#include "stats/fixed/score.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/lifetime_value/spending.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/two_keys.hpp"
#include "stats/srm.hpp"
#include "stats/srm_slices.hpp"

namespace touchstone::stats {
namespace {

constexpr ProportionStratum kFull{{30, 400}, {55, 500}};
constexpr std::array kWithEmptyArms{kFull, ProportionStratum{{0, 0}, {3, 9}}, ProportionStratum{{3, 9}, {0, 0}}};

bool unknown(const Interval& interval) { return std::isnan(interval.low) && std::isnan(interval.high); }

TEST(EmptyArms, WeighNothing) {
  EXPECT_EQ(harmonic_weight(0, 5), 0);
  EXPECT_EQ(harmonic_weight(5, 0), 0);
}

TEST(EmptyArms, OfAStratumLeaveTheOthersAsTheyAre) {
  const std::array full{kFull};
  const Effect with = compare_proportions(kWithEmptyArms, 0.05);
  const Effect without = compare_proportions(full, 0.05);
  EXPECT_EQ(with.absolute.estimate, without.absolute.estimate);
  EXPECT_EQ(with.absolute.interval, without.absolute.interval);
  EXPECT_EQ(with.relative.interval, without.relative.interval);
  EXPECT_EQ(with.absolute.p, without.absolute.p);
}

TEST(EmptyArms, OfAllStrataCompareNothing) {
  const std::array nobody{ProportionStratum{}, ProportionStratum{}};
  EXPECT_EQ(compare_proportions(nobody, 0.05).absolute.status, Status::no_data);
  const std::array one_sided{ProportionStratum{{3, 9}, {0, 0}}, ProportionStratum{{0, 0}, {3, 9}}};
  EXPECT_EQ(compare_proportions(one_sided, 0.05).absolute.status, Status::insufficient_data);
  EXPECT_TRUE(unknown(score_interval_difference(one_sided, 1.96)));
  EXPECT_TRUE(unknown(score_interval_ratio(one_sided, 1.96)));
}

TEST(EmptyArms, HaveNoProportion) {
  constexpr Proportion some{3, 9};
  constexpr Proportion nobody{};
  EXPECT_EQ(compare(some, nobody).status, Status::insufficient_data);
  EXPECT_EQ(compare(nobody, some).status, Status::insufficient_data);
  EXPECT_EQ(compare(nobody, nobody).status, Status::no_data);
  EXPECT_EQ(fisher(some, nobody).status, Status::insufficient_data);
  EXPECT_TRUE(unknown(wilson(nobody, 0.05)));
  EXPECT_TRUE(unknown(clopper_pearson(nobody, 0.05)));
  EXPECT_TRUE(unknown(wald(some, nobody, 0.05)));
  EXPECT_TRUE(unknown(newcombe(nobody, some, 0.05)));
}

TEST(EmptyArms, HaveNoMean) {
  const Moments two = moments(std::vector{1.0, 2.0});
  const Moments one = moments(std::vector{4.0});
  EXPECT_EQ(welch(two, {}).status, Status::insufficient_data);
  EXPECT_TRUE(std::isnan(welch(two, {}).difference));
  EXPECT_TRUE(std::isnan(welch({}, two).difference));
  EXPECT_EQ(welch(one, one).status, Status::insufficient_data);
  EXPECT_EQ(welch(one, one).difference, 0) << "a mean, but no error";
  EXPECT_EQ(ratio_of({}).status, Status::no_data);
  EXPECT_TRUE(unknown(log_ratio_interval({1, 0.1, 0}, {-1, 0.1, 0}, 1.96)));
}

/// Whoever met it in a stratum with one arm is no part of the keys, as if nobody had.
TEST(EmptyArms, AreNoPartOfTheKeys) {
  const MeanStratum full{moments(std::vector{1.0, 2.0, 3.0}), moments(std::vector{2.0, 4.0, 7.0, 1.0})};
  const Moments some = moments(std::vector{1.0, 9.0});
  const std::array alone{full};
  const std::array with{full, MeanStratum{some, {}}, MeanStratum{{}, some}};
  EXPECT_EQ(keys(with).first, keys(alone).first);
  EXPECT_EQ(keys(with).second, keys(alone).second);
}

TEST(EmptyArms, AreNoPartOfARatio) {
  const std::array alone{RatioStratum{400, 500, 30, 55}};
  const std::array with{alone[0], RatioStratum{0, 9, 0, 3}, RatioStratum{9, 0, 3, 0}};
  EXPECT_EQ(ratio_score(with, 1.2), ratio_score(alone, 1.2));
  EXPECT_EQ(ratio_interval(with, 2, 2), ratio_interval(alone, 2, 2));
  const std::array full{kFull};
  EXPECT_EQ(difference_score(kWithEmptyArms, 0.01), difference_score(full, 0.01));
}

TEST(EmptyArms, AreNotAdjusted) {
  CovariateStratum full;
  for (int i = 0; i < 40; ++i)
    for (RatioSums* arm : {&full.a, &full.b}) {
      arm->y.add(2 * i + i % 3);
      arm->x.add(i);
      arm->cross.add(2 * i + i % 3, i);
    }
  const std::array strata{full, CovariateStratum{full.a, {}}, CovariateStratum{{}, full.b}};
  const CovariateAdjustment made = adjust(strata, 0);
  ASSERT_EQ(made.status, Status::ok);
  EXPECT_EQ(made.strata[1].b.n, 0);
  EXPECT_EQ(made.strata[2].a.n, 0);
  // Nothing to be centred on but the arm itself.
  EXPECT_EQ(made.strata[1].a.mean, moments(full.a.y, 0).mean);
  EXPECT_EQ(made.strata[2].b.mean, moments(full.b.y, 0).mean);
  EXPECT_EQ(adjust(PairMoments{}, PairMoments{}, 1, 1, 0.05).status, Status::no_data);
  const PairMoments two{moments(std::vector{1.0, 2.0}), moments(std::vector{1.0, 2.0}), 0.5};
  EXPECT_EQ(adjust(two, PairMoments{}, 1, 1, 0.05).status, Status::insufficient_data);
  EXPECT_EQ(adjust(PairMoments{}, two, 1, 1, 0.05).status, Status::insufficient_data);
}

TEST(EmptyArms, WhoAllDidTheSameHaveNoCorrelation) {
  CovariateStratum alike;
  for (int i = 0; i < 40; ++i)
    for (RatioSums* arm : {&alike.a, &alike.b}) {
      arm->y.add(5);
      arm->x.add(i);
      arm->cross.add(5, i);
    }
  const CovariateAdjustment made = adjust(std::array{alike}, 0);
  EXPECT_EQ(made.slope, 0);
  EXPECT_TRUE(std::isnan(made.correlation));
}

TEST(EmptyArms, DoNotAnswer) {
  const std::vector<std::vector<Proportion>> three{{{4, 10}, {0, 0}, {7, 10}}};
  const std::vector<std::vector<Proportion>> two{{{4, 10}, {7, 10}}};
  EXPECT_EQ(response_balance(three).chi2, response_balance(two).chi2);
  EXPECT_EQ(response_balance(three).df, 1);
  const Answers some{10, {{1, 4}, {2, 3}}};
  EXPECT_TRUE(unknown(trimming_bounds(some, {10, {}})));
  EXPECT_TRUE(unknown(trimming_bounds({10, {}}, some)));
}

TEST(EmptyArms, HaveNoQuantile) {
  EXPECT_EQ(quantile_error(0.5, {1, 2}, {}).status, Status::no_data);
  EXPECT_EQ(quantile_error(0.5, {1, 2}, {1, 9, 4, 0, 0, 0}).status, Status::insufficient_data);
}

TEST(EmptyArms, AVariantWithoutUnitsInAnySliceIsNoDeviation) {
  const auto phase = [](std::int64_t a, std::int64_t b) { return SlicePhases{Split{{a, b, 0}, {1, 1, 0}}}; };
  const auto plain = [](std::int64_t a, std::int64_t b) { return SlicePhases{Split{{a, b}, {1, 1}}}; };
  const std::array with{phase(50, 60), phase(70, 40)};
  const std::array without{plain(50, 60), plain(70, 40)};
  EXPECT_EQ(srm_by_slice(with).mix_chi2, srm_by_slice(without).mix_chi2);
  EXPECT_EQ(srm_by_slice(with).mix_df, 1);
}

TEST(Split, NegativeWeightsAndPhasesOfDifferentVariantsAreOutOfRange) {
  EXPECT_EQ(srm(std::array{Split{{5, 5}, {1, -1}}}).status, Status::out_of_range);
  EXPECT_EQ(srm(std::array{Split{{5, 5}, {1, 1}}, Split{{5, 5, 5}, {1, 1, 1}}}).status, Status::out_of_range);
}

TEST(Segments, OneAloneDiffersFromNoOther) {
  const std::array one{SegmentEffect{0.4, 0.1}};
  const Heterogeneity alone = heterogeneity(one);
  EXPECT_EQ(alone.status, Status::ok);
  EXPECT_DOUBLE_EQ(alone.fixed_mean, 0.4);
  EXPECT_TRUE(std::isnan(alone.p.p));
  EXPECT_EQ(heterogeneity(std::array{SegmentEffect{undefined, 0.1}}).status, Status::out_of_range);
}

TEST(Posteriors, OfNothingKnownSayNothing) {
  EXPECT_EQ(compare(NormalPosterior{0, undefined}, NormalPosterior{0, 1}).status, Status::no_data);
  EXPECT_EQ(best_of_many(std::span<const NormalPosterior>{}).status, Status::no_data);
  for (const NormalPosterior& strange : {NormalPosterior{undefined, 1}, NormalPosterior{1, undefined}}) {
    const std::array arms{NormalPosterior{0, 1}, strange};
    EXPECT_EQ(best_of_many(arms).status, Status::no_data);
    for (const double weight : top_two_weights(arms)) EXPECT_TRUE(std::isnan(weight));
  }
  EXPECT_TRUE(top_two_weights(std::span<const NormalPosterior>{}).empty());
}

TEST(Spenders, AnAmountWithoutEndIsNone) {
  const std::array spenders{Spender{2, 30}, Spender{3, 20}, Spender{1, infinity}, Spender{1, undefined}};
  EXPECT_EQ(fit_spending(spenders).customers, 2);
}

}  // namespace
}  // namespace touchstone::stats
