#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"
#include "stats/fixed/quantile_difference.hpp"

namespace touchstone::stats {
namespace {

using Amounts = std::vector<std::int64_t>;

EventSample sample_of(const std::vector<Amounts>& units) {
  EventSample sample;
  for (const Amounts& unit : units) sample.add(unit);
  return sample;
}

/// Units of one to five events; a second stratum lies 700 higher.
std::vector<Amounts> units(int arm, int stratum = 0) {
  std::vector<Amounts> all(static_cast<std::size_t>(60 + 20 * arm + 15 * stratum));
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    for (int k = 0; k < 1 + (i * i + arm) % 5; ++k)
      all[static_cast<std::size_t>(i)].push_back(100 + (i * 7919 + k * 104'729 + arm * 31 + stratum * 977) % 1000 +
                                                 i % 3 * 150 + arm * 60 + stratum * 700);
  return all;
}

/// Arms over strata, and what they refer to.
class Pairs {
 public:
  void add(const EventSample& a, const EventSample& b) {
    samples_.push_back(a);
    samples_.push_back(b);
  }
  /// Holds as long as the pairs do.
  [[nodiscard]] QuantileArms at(double which) {
    sorted_ = {samples_.begin(), samples_.end()};
    std::vector<QuantileStratum> strata;
    for (std::size_t i = 0; i < sorted_.size(); i += 2) strata.push_back({&sorted_[i], &sorted_[i + 1]});
    return quantile_arms(which, strata);
  }

 private:
  std::vector<EventSample> samples_;
  std::vector<SortedEvents> sorted_;
};

Pairs pair(const std::vector<Amounts>& a, const std::vector<Amounts>& b) {
  Pairs made;
  made.add(sample_of(a), sample_of(b));
  return made;
}

std::vector<Amounts> one_each(int count, const std::function<std::int64_t(int)>& amount) {
  std::vector<Amounts> all;
  for (int i = 0; i < count; ++i) all.push_back({amount(i)});
  return all;
}

/// What numpy 2.4 and scipy 1.17 make of the same units: numpy.quantile by averaged_inverted_cdf, numpy.cov of events
/// and events below, scipy.stats.t, scipy.optimize.brentq for the ends of the ratio; p on a grid of z by 1e-4.
struct Expected {
  double which;
  double a, b, se_a, se_b, effect_a, effect_b, df, low, high, ratio_low, ratio_high, se, p;
};
void expect(const QuantileArms& arms, const Expected& known) {
  ASSERT_EQ(arms.status, Status::ok);
  EXPECT_EQ(arms.a.estimate, known.a);
  EXPECT_EQ(arms.b.estimate, known.b);
  EXPECT_NEAR(arms.a.share_se, known.se_a, 1e-14);
  EXPECT_NEAR(arms.b.share_se, known.se_b, 1e-14);
  EXPECT_NEAR(arms.a.design_effect, known.effect_a, 1e-12);
  EXPECT_NEAR(arms.b.design_effect, known.effect_b, 1e-12);
  EXPECT_NEAR(quantile_df(arms), known.df, 1e-9);
  const Effect found = compare_quantiles(arms, 0.05, 1);
  EXPECT_NEAR(found.absolute.interval.low, known.low, 1e-9);
  EXPECT_NEAR(found.absolute.interval.high, known.high, 1e-9);
  EXPECT_NEAR(found.absolute.se, known.se, 1e-9);
  EXPECT_NEAR(found.absolute.p, known.p, 2e-4);
  EXPECT_NEAR(found.relative.estimate, known.b / known.a - 1, 1e-12);
  EXPECT_NEAR(found.relative.interval.low, known.ratio_low, 1e-10);
  EXPECT_NEAR(found.relative.interval.high, known.ratio_high, 1e-10);
  EXPECT_EQ(found.relative.p, found.absolute.p);
}

TEST(QuantileDifference, IsWhatAnotherProgramFinds) {
  Pairs pairs = pair(units(0), units(1));
  expect(pairs.at(0.5), {0.5, 725, 823.5, 0.03407830427629537, 0.03386963092113904, 0.8361581920903953,
                         0.7341772151898737, 103.03846153846155, -5.9329928710271105, 171.17220926874316,
                         -0.00768701245648129, 0.2511963709215266, 45.096924405506655, 0.05314869457891366});
  expect(pairs.at(0.9), {0.9, 1203.5, 1240, 0.020721450988612024, 0.022183070292340845, 0.8587570621469006,
                         0.8748241912798846, 28.91612941746306, -41.54005381853602, 163.43009887335626,
                         -0.0340899862729811, 0.1437567376541946, 51.595927082896516, 0.5775058133493939});
  expect(pairs.at(0.95), {0.95, 1252, 1343, 0.015414344254247592, 0.01659266270663644, 0.9003865596194104,
                          0.9273817455030013, 12.054065629812383, -17.57716150277645, 166.02666192761077,
                          -0.013552695569091666, 0.13370615471458835, 46.214469133743904, 0.1576634424423485});
}

TEST(QuantileDifference, WeighsStrataAlikeInBothArms) {
  Pairs pairs;
  for (const int stratum : {0, 1}) pairs.add(sample_of(units(0, stratum)), sample_of(units(1, stratum)));
  expect(pairs.at(0.9), {0.9, 1777, 1834, 0.01346679747463807, 0.01459939157700863, 0.815943239980747,
                         0.828770111626876, 61.07250834002452, -31.86506625215557, 140.5463942968217,
                         -0.017408909106917503, 0.08123194326370786, 43.96799803885835, 0.15242518638087046});
  EXPECT_EQ(pairs.at(0.9).a.above, 38);
  EXPECT_EQ(pairs.at(0.9).b.events, 350);
}

/// Both arms have one law in each stratum, but their shares differ: totals would differ by the whole step.
TEST(QuantileDifference, AMixOfStrataIsNoChange) {
  const auto law = [](std::int64_t base) { return [base](int i) { return base + i * 37 % 100; }; };
  Pairs pairs;
  pairs.add(sample_of(one_each(400, law(0))), sample_of(one_each(400, law(0))));
  pairs.add(sample_of(one_each(900, law(1000))), sample_of(one_each(100, law(1000))));
  const QuantileArms arms = pairs.at(0.5);
  EXPECT_EQ(arms.a.estimate, arms.b.estimate);
  EXPECT_EQ(compare_quantiles(arms, 0.05, 1).absolute.estimate, 0);
  EXPECT_EQ(compare_quantiles(arms, 0.05, 1).absolute.p, 1);
}

TEST(QuantileDifference, KnowsNoOrder) {
  std::vector<Amounts> a = units(0);
  std::mt19937 draws(3);
  const Effect before = compare_quantiles(pair(a, units(1)).at(0.9), 0.05, 1);
  std::ranges::shuffle(a, draws);
  for (Amounts& unit : a) std::ranges::shuffle(unit, draws);
  const Effect after = compare_quantiles(pair(a, units(1)).at(0.9), 0.05, 1);
  EXPECT_EQ(before.absolute.interval, after.absolute.interval);
  EXPECT_EQ(before.absolute.p, after.absolute.p);
  EXPECT_EQ(before.relative.interval, after.relative.interval);
}

TEST(QuantileDifference, SwappedArmsTurnItsSign) {
  const Effect there = compare_quantiles(pair(units(0), units(1)).at(0.9), 0.05, 1);
  const Effect back = compare_quantiles(pair(units(1), units(0)).at(0.9), 0.05, 1);
  EXPECT_EQ(there.absolute.estimate, -back.absolute.estimate);
  EXPECT_DOUBLE_EQ(there.absolute.interval.low, -back.absolute.interval.high);
  EXPECT_EQ(there.absolute.p, back.absolute.p);
  EXPECT_NEAR(1 + there.relative.interval.low, 1 / (1 + back.relative.interval.high), 1e-12);
}

/// A unit's events repeated say nothing new; as independent events they would look four times as many.
TEST(QuantileDifference, EventsOfAUnitAreNotMoreUnits) {
  std::vector<Amounts> repeated = one_each(200, [](int i) { return i * 37 % 200; });
  const QuantileArm once = pair(repeated, repeated).at(0.9).a;
  for (Amounts& unit : repeated) unit.assign(4, unit.front());
  const QuantileArm often = pair(repeated, repeated).at(0.9).a;
  EXPECT_NEAR(often.design_effect, 4 * once.design_effect, 1e-12);
  EXPECT_NEAR(often.share_se, once.share_se, 1e-12);
  EXPECT_EQ(often.estimate, once.estimate);
}

std::vector<Amounts> drawn(std::mt19937& draws, int count, double shift) {
  std::lognormal_distribution<double> value(3 + shift, 1);
  std::vector<Amounts> all(static_cast<std::size_t>(count));
  for (Amounts& unit : all)
    for (std::uint32_t k = draws() % 4; k > 0; --k) unit.push_back(std::llround(value(draws)) - 2);
  return all;
}

TEST(QuantileDifference, IntervalsAndPSayTheSame) {
  std::mt19937 draws(11);
  int claims = 0;
  for (int i = 0; i < 300; ++i) {
    const double which = std::array{0.25, 0.5, 0.9}.at(static_cast<std::size_t>(i % 3));
    Pairs pairs = pair(drawn(draws, 120, 0), drawn(draws, 80, i % 5 * 0.15));
    const QuantileArms arms = pairs.at(which);
    ASSERT_EQ(arms.status, Status::ok);
    for (const Effect& found : {compare_quantiles(arms, 0.05, 1), always_valid_quantiles(arms, {0.05, 200}, 1)}) {
      const auto excludes = [](const Interval& limits) { return limits.low > 0 || limits.high < 0; };
      EXPECT_EQ(excludes(found.absolute.interval), found.absolute.p <= 0.05) << i;
      EXPECT_TRUE(found.absolute.interval.contains(found.absolute.estimate));
      if (found.relative.status != Status::ok) continue;
      EXPECT_EQ(excludes(found.relative.interval), excludes(found.absolute.interval)) << i;
      claims += excludes(found.absolute.interval) ? 1 : 0;
    }
  }
  EXPECT_GT(claims, 50);
  EXPECT_LT(claims, 550);
}

/// R times the one limit is the other: B - R A is its error at each end.
TEST(QuantileDifference, RatiosOfNegativeLimitsAreTheirRoots) {
  const auto spread = [](int base) { return [base](int i) { return base + i * 37 % 201 - 100; }; };
  Pairs pairs = pair(one_each(201, spread(150)), one_each(201, spread(5)));
  const QuantileArms arms = pairs.at(0.5);
  const double t = student_upper_quantile(0.025, quantile_df(arms));
  const Interval a = arms.a.limits(t, arms.a.share_se);
  const Interval b = arms.b.limits(t, arms.b.share_se);
  ASSERT_GT(a.low, 0);
  ASSERT_LT(b.low, 0);
  const Effect found = compare_quantiles(arms, 0.05, 1);
  const double low = 1 + found.relative.interval.low;
  const double high = 1 + found.relative.interval.high;
  ASSERT_LT(low, 0);
  EXPECT_NEAR(5 - low * 150, std::hypot(5 - b.low, low * (150 - a.low)), 1e-9);
  EXPECT_NEAR(high * 150 - 5, std::hypot(b.high - 5, high * (150 - a.low)), 1e-9);
}

TEST(QuantileDifference, WhatIsAllAlikeIsKnown) {
  const auto same = [](std::int64_t amount) { return one_each(100, [amount](int) { return amount; }); };
  const Effect none = compare_quantiles(pair(same(7), same(7)).at(0.9), 0.05, 1);
  EXPECT_EQ(none.absolute.status, Status::ok);
  EXPECT_EQ(none.absolute.interval, (Interval{0, 0}));
  EXPECT_EQ(none.absolute.p, 1);
  const Effect one = compare_quantiles(pair(same(7), same(8)).at(0.9), 0.05, 1);
  EXPECT_EQ(one.absolute.interval, (Interval{1, 1}));
  EXPECT_LT(one.absolute.p, 0.01);
  EXPECT_GT(one.absolute.p, 0) << "a hundred units do not show everything";
}

/// Answers 1 to 5: the median of both is 3, with as good as half of them up to 3 in the one, so that 4 is possible.
TEST(QuantileDifference, WholeAnswersAreAsUncertainAsTheirShares) {
  const auto answers = [](int up_to_three) {
    return one_each(1000, [up_to_three](int i) { return i < up_to_three ? 3 : i < 900 ? 4 : 5; });
  };
  const Effect found = compare_quantiles(pair(answers(600), answers(510)).at(0.5), 0.05, 1);
  EXPECT_EQ(found.absolute.estimate, 0);
  EXPECT_EQ(found.absolute.interval, (Interval{0, 1}));
  EXPECT_EQ(found.absolute.p, 1);
}

TEST(QuantileDifference, FewEventsBeyondItLeaveAnEndOpen) {
  const auto count_up = [](int count) { return one_each(count, [](int i) { return i; }); };
  const Effect few = compare_quantiles(pair(count_up(600), count_up(600)).at(0.99), 0.02, 1);
  EXPECT_EQ(few.absolute.status, Status::insufficient_data) << "six units lie beyond, and the limit is at seven";
  const Effect open = compare_quantiles(pair(count_up(600), count_up(2000)).at(0.99), 0.02, 1);
  EXPECT_EQ(open.absolute.status, Status::ok);
  EXPECT_EQ(open.absolute.interval.low, -infinity);
  EXPECT_LT(open.absolute.interval.high, infinity);
  EXPECT_EQ(open.relative.interval.low, -1);
}

TEST(QuantileDifference, TooFewUnitsTellNothing) {
  const auto count_up = [](int count) { return one_each(count, [](int i) { return i; }); };
  EXPECT_EQ(pair({}, {}).at(0.5).status, Status::no_data);
  EXPECT_EQ(compare_quantiles(pair(count_up(19), count_up(400)).at(0.5), 0.05, 1).absolute.status,
            Status::insufficient_data);
  EXPECT_EQ(always_valid_quantiles(pair(count_up(19), count_up(400)).at(0.5), {}, 1).absolute.status,
            Status::insufficient_data);
  EXPECT_EQ(pair(count_up(300), count_up(300)).at(0.99).status, Status::insufficient_data) << "three lie beyond it";
}

TEST(QuantileDifference, WhereUnitsDoNotDifferThereIsNoError) {
  std::vector<Amounts> alike(50, Amounts{1, 2, 3, 4, 5});
  EXPECT_EQ(compare_quantiles(pair(alike, alike).at(0.6), 0.05, 1).absolute.status, Status::zero_variance);
}

TEST(QuantileDifference, ARatioNeedsABaseline) {
  const auto below = one_each(100, [](int i) { return i - 200; });
  const Effect found = compare_quantiles(pair(below, below).at(0.5), 0.05, 1);
  EXPECT_EQ(found.absolute.status, Status::ok);
  EXPECT_EQ(found.relative.status, Status::baseline_not_positive);
}

TEST(QuantileDifference, AmountsAreTold) {
  Pairs pairs = pair(units(0), units(1));
  const QuantileArms arms = pairs.at(0.9);
  const Effect amounts = compare_quantiles(arms, 0.05, 1);
  const Effect told = compare_quantiles(arms, 0.05, 1000);
  EXPECT_DOUBLE_EQ(told.absolute.interval.low * 1000, amounts.absolute.interval.low);
  EXPECT_DOUBLE_EQ(told.absolute.se * 1000, amounts.absolute.se);
  EXPECT_EQ(told.relative.interval, amounts.relative.interval);
}

/// Of 1 four fifths and of 2 the rest: 2 ends the way, so the units differ in how often they stay at 1.
TEST(QuantileArms, ALastAmountHidesNoError) {
  const auto two_values = one_each(100, [](int i) { return i < 80 ? 1 : 2; });
  Pairs pairs = pair(two_values, two_values);
  EXPECT_NEAR(pairs.at(0.95).a.share_se, std::sqrt(0.95 * 0.05 / 99), 1e-12);
}

TEST(QuantileArms, AnErrorIsKnownFromOneSideOrNotAtAll) {
  const auto count_up = one_each(25, [](int i) { return 10 * i; });
  Pairs pairs = pair(count_up, count_up);
  QuantileArm arm = pairs.at(0.95).a;
  const double critical = normal_upper_quantile(0.025);
  const Interval limits = arm.limits(critical, arm.share_se);
  ASSERT_EQ(limits.high, infinity);
  EXPECT_DOUBLE_EQ(arm.se(), (arm.estimate - limits.low) / critical);
  arm.share_se = 1;
  EXPECT_TRUE(std::isnan(arm.se()));
}

/// A stratum that ends lower: the next amount is one of the other.
TEST(QuantileArms, TheMiddleMayLieBetweenTwoStrata) {
  const auto up_to = [](int last) { return one_each(100, [last](int i) { return i % 2 == 0 ? 10 : last; }); };
  Pairs pairs = pair(up_to(10), up_to(10));
  pairs.add(sample_of(up_to(40)), sample_of(up_to(40)));
  EXPECT_EQ(pairs.at(0.75).a.estimate, 25);
}

/// Losses against gains: a ratio below zero, whose both ends solve B = R A by B's and A's errors.
TEST(QuantileDifference, RatiosOfLossesToGainsAreTheirRoots) {
  const auto spread = [](int base) { return [base](int i) { return base + i * 37 % 201 - 100; }; };
  Pairs pairs = pair(one_each(201, spread(150)), one_each(201, spread(-400)));
  const QuantileArms arms = pairs.at(0.5);
  const double t = student_upper_quantile(0.025, quantile_df(arms));
  const Interval a = arms.a.limits(t, arms.a.share_se);
  const Interval b = arms.b.limits(t, arms.b.share_se);
  const Effect found = compare_quantiles(arms, 0.05, 1);
  const double low = 1 + found.relative.interval.low;
  const double high = 1 + found.relative.interval.high;
  ASSERT_LT(high, 0);
  EXPECT_NEAR(-400 - low * 150, std::hypot(-400 - b.low, low * (150 - a.low)), 1e-9);
  EXPECT_NEAR(high * 150 + 400, std::hypot(b.high + 400, high * (a.high - 150)), 1e-9);
}

TEST(QuantileDifference, RatiosOfOpenLimitsAreOpen) {
  const auto open = [](int base) { return one_each(600, [base](int i) { return base + i; }); };
  const auto sure = [](int base) { return one_each(3000, [base](int i) { return base + i % 600; }); };
  // At .98 the upper limit of six hundred is beyond their last amount, at .02 the lower one before their first.
  const auto relative = [](const std::vector<Amounts>& a, const std::vector<Amounts>& b, double which) {
    return compare_quantiles(pair(a, b).at(which), 0.0001, 1).relative.interval;
  };
  EXPECT_EQ(relative(open(1), sure(-900), 0.98).high, -1) << "a gain without end";
  EXPECT_EQ(relative(sure(10'000), open(-900), 0.02).low, -infinity) << "a loss without end";
  EXPECT_EQ(relative(sure(10'000), open(1), 0.98).high, infinity);
  EXPECT_EQ(relative(sure(-115), sure(1), 0.2).high, infinity) << "the baseline may be none";
  EXPECT_EQ(relative(sure(-115), sure(-900), 0.2).low, -infinity);
}

TEST(QuantileDifference, AlikeUnitsInOneArmAreEnoughForNoError) {
  std::vector<Amounts> alike(50, Amounts{1, 2, 3, 4, 5});
  EXPECT_EQ(compare_quantiles(pair(units(0), alike).at(0.6), 0.05, 1).absolute.status, Status::zero_variance);
}

}  // namespace
}  // namespace touchstone::stats
