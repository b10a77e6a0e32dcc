#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/normal.hpp"
#include "stats/effect.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/multiplicity.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/confidence_sequence.hpp"
#include "stats/sequential/error_budget.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "stats/simultaneous.hpp"
#include "stats/srm.hpp"
#include "tests/stats/draws.hpp"

/// Defects found in other engines (design/statistics.md section 5), each a thing that ours must not do.
namespace touchstone::stats {
namespace {

// G1: 10 000 values of 1e9 with unit variance give a variance of -209.7 from raw sums of squares.
TEST(peer_defects, g1_large_offsets_keep_their_variance) {
  Sums sums;
  for (std::int64_t i = 0; i < 10000; ++i) sums.add(1'000'000'000'000'000 - 1'000'000 * (i % 2));
  const Moments cell = moments(sums, 6);
  EXPECT_NEAR(cell.variance(), 0.25 * 10000 / 9999, 1e-12);
}

// G2: 0/1000 against 100/1000 gave no result at all.
TEST(peer_defects, g2_a_rare_event_gets_a_result) {
  const std::vector rare{ProportionStratum{{0, 1000}, {100, 1000}}};
  EXPECT_EQ(compare_proportions(rare, 0.05).absolute.status, Status::ok);
  EXPECT_EQ(always_valid_proportions(rare, {}).absolute.status, Status::ok);
  EXPECT_GT(compare(posterior(Proportion{0, 1000}), posterior(Proportion{100, 1000})).better.p, 0.999999);
}

// G3: 2 (1 - cdf) is exactly 0 from |z| = 8.3 on.
TEST(peer_defects, g3_far_tails_have_a_value_and_a_logarithm) {
  EXPECT_GT(normal_two_sided(9).p, 0);
  EXPECT_EQ(normal_two_sided(100).p, 0);
  EXPECT_NEAR(normal_two_sided(100).log10_p, -2173.5705, 1e-3);  // -z^2/2 / ln 10 - log10(z sqrt(pi/2))
}

// G4: lower is better: the top two of arms at 0, 1, 2 are the first two, also with two arms only.
TEST(peer_defects, g4_top_two_of_an_inverse_metric) {
  const std::vector<NormalPosterior> arms{{0, 0.01}, {-1, 0.01}, {-2, 0.01}};
  const std::vector<double> weights = top_two_weights(arms);
  EXPECT_NEAR(weights[0], 0.5, 1e-9);
  EXPECT_NEAR(weights[1], 0.5, 1e-9);
  EXPECT_NEAR(weights[2], 0.0, 1e-9);
  EXPECT_NEAR(top_two_weights(std::vector<NormalPosterior>{{0, 0.01}, {-1, 0.01}})[1], 0.5, 1e-9);
}

// G5: a prior on the absolute effect was ignored where the relative difference was shown; ours says the same on either
// scale.
TEST(peer_defects, g5_a_prior_counts_on_every_scale) {
  constexpr double baseline = 20;
  const NormalPosterior absolute = posterior(1.0, 0.5, {0.2, 0.4});
  const NormalPosterior relative = posterior(1.0 / baseline, 0.5 / baseline, {0.2 / baseline, 0.4 / baseline});
  EXPECT_NEAR(relative.mean * baseline, absolute.mean, 1e-15);
  EXPECT_NEAR(relative.sd * baseline, absolute.sd, 1e-15);
  EXPECT_LT(absolute.mean, 0.6);
}

// G6: the one-sided sequential p depended on the unit of measurement; ours is a function of z alone.
TEST(peer_defects, g6_no_answer_depends_on_the_unit) {
  const std::vector one{MeanStratum{{500, 1, 499, 0}, {500, 1.2, 499, 0}}};
  const std::vector tiny{MeanStratum{scaled(one[0].a, 1e-7), scaled(one[0].b, 1e-7)}};
  EXPECT_NEAR(always_valid_means(one, {}).absolute.p, always_valid_means(tiny, {}).absolute.p, 1e-12);
}

// G7: a disabled arm keeps its degree of freedom and hides 10 stray users.
TEST(peer_defects, g7_a_zero_weight_arm_has_no_degree_of_freedom) {
  const SrmTest test = srm(std::vector<std::int64_t>{500, 500, 10}, std::vector<double>{0.5, 0.5, 0});
  EXPECT_EQ(test.df, 1);
  EXPECT_EQ(test.strays.size(), 1U);
}

// G8: from -1 to -.9 was reported as -10 %; a relative change needs a positive baseline.
TEST(peer_defects, g8_a_negative_baseline_has_no_relative_change) {
  const std::vector strata{MeanStratum{{1000, -1, 999, 0}, {1000, -0.9, 999, 0}}};
  const Effect effect = compare_means(strata, 0.05);
  EXPECT_GT(effect.absolute.estimate, 0);
  EXPECT_EQ(effect.relative.status, Status::baseline_not_positive);
  EXPECT_TRUE(std::isnan(effect.relative.estimate));
  EXPECT_FALSE(effect.relative.interval.known());
}

// G9: skewed values under an unbalanced split, watched from the start, were declared in 18 % of A/A experiments
// (lognormal of sigma 2, 90/10). 300 of them, 100 looks each, .05 with 4.5 standard errors.
TEST(peer_defects, g9_skewed_values_in_a_small_arm_keep_their_error) {
  constexpr int experiments = 300;
  Draws draws(9);
  const auto entered = [&draws](int units) {
    std::vector<double> values;
    for (int i = 0; i < units; ++i) values.push_back(std::exp(2 * draws.normal()));
    return moments(values);
  };
  int declared = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    MeanStratum total;
    double p = 1;
    for (int look = 0; look < 100; ++look) {
      total = {merge(total.a, entered(18)), merge(total.b, entered(2))};
      p = std::fmin(p, always_valid_means(std::vector{total}, {0.05, 2000}).absolute.p);
    }
    declared += p <= 0.05 ? 1 : 0;
  }
  EXPECT_LE(declared, experiments * 0.05 + 4.5 * std::sqrt(experiments * 0.05 * 0.95));
}

// G10: the credible level that was asked for is the one that is used.
TEST(peer_defects, g10_the_credible_level_is_obeyed) {
  const BetaPosterior arm = posterior(Proportion{100, 1000});
  const Interval wide = credible(arm, 0.99);
  const Interval narrow = credible(arm, 0.5);
  EXPECT_LT(wide.low, narrow.low);
  EXPECT_GT(wide.high, narrow.high);
}

// G11: intervals were calculated back from adjusted p, and undefined where that is 1.
TEST(peer_defects, g11_adjusted_intervals_exist_at_an_adjusted_p_of_one) {
  const Comparison none{0.1, 0.92, [](double alpha) {
                          const double half = normal_upper_quantile(alpha / 2);
                          return Interval{0.1 - half, 0.1 + half};
                        }};
  const std::vector family{none, none};
  EXPECT_EQ(holm(std::vector{none.p, none.p})[0], 1);
  EXPECT_TRUE(holm_intervals(family, 0.05).intervals[0].bounded());
  EXPECT_TRUE(bonferroni_intervals(family, 0.05)[0].bounded());
}

// G12: no Bayesian answer that may be looked at again and again: the Bayes factor with a point null has mean one under
// it, so that Ville's inequality holds.
TEST(peer_defects, g12_the_bayes_factor_is_a_safe_stop) {
  for (const double prior : {0.3, 1.0, 3.0}) {
    double mean = 0;
    constexpr double step = 0.001;
    for (int i = -12'000; i < 12'000; ++i)
      mean += step * normal_density(step * i) * std::exp(log_bayes_factor(step * i, 1, {0, prior}));
    EXPECT_NEAR(mean, 1, prior < 2 ? 1e-9 : 1e-3);
  }
}

// G13: a sequential split test that mixes its alternatives anew each day, and leaves the logarithms.
TEST(peer_defects, g13_the_split_test_mixes_once_and_stays_in_logarithms) {
  const std::vector<std::int64_t> broken{60'000'000, 40'000'000};
  const std::vector<double> even{1, 1};
  const double log_e = sequential_srm(std::vector{Split{broken, even}}).log_e;
  EXPECT_GT(log_e, 1e6);
  double best = -infinity;
  for (const double c : {10.0, 100.0, 1000.0, 10000.0}) best = std::fmax(best, srm_log_e(broken, even, c));
  EXPECT_NEAR(log_e, best, std::log(4.0));  // a mixture of products loses its number of parts at most, once
}

// G14: an interval centred at the raw estimate beside the variance of the posterior.
TEST(peer_defects, g14_a_credible_interval_stands_around_its_posterior) {
  const NormalPosterior shrunk = posterior(1, 0.5, {0, 0.5});
  const Interval interval = credible(shrunk, 0.95);
  EXPECT_NEAR((interval.low + interval.high) / 2, 0.5, 1e-12);
  EXPECT_NEAR(interval.high - interval.low, 2 * 1.959964 * shrunk.sd, 1e-6);
}

// G15: no p for small base rates in large experiments; no inference where a posterior could be negative.
TEST(peer_defects, g15_small_rates_and_negative_means_get_an_answer) {
  const Effect rare = compare_proportions(std::vector{ProportionStratum{{3, 5'000'000}, {14, 5'000'000}}}, 0.05);
  EXPECT_EQ(rare.absolute.status, Status::ok);
  EXPECT_NEAR(rare.absolute.p, 0.0076, 5e-4);  // pooled z = 2.668
  EXPECT_GT(rare.absolute.interval.low, 0);
  const BestOfMany negative = best_of_many(std::vector<NormalPosterior>{{-3, 1}, {-2, 1}});
  EXPECT_EQ(negative.status, Status::ok);
  EXPECT_GT(negative.chance_best[1], 0.7);
}

// Statsig: alpha was halved inside an already two-sided mixture, z 3.585 where 3.035 is enough; its p agreed with the
// interval at one level only.
TEST(peer_defects, the_mixture_is_two_sided_once_and_its_p_belongs_to_its_interval) {
  for (const double alpha : {0.2, 0.05, 0.001}) {
    const double rho2 = mixture_rho2(alpha, 40'000);
    const double critical = mixture_critical(40'000, rho2, -std::log(alpha));
    EXPECT_NEAR(look(critical, 1, 40'000, rho2, alpha).p.p, alpha, 1e-12);
    if (alpha == 0.05) {
      EXPECT_NEAR(critical, 3.035, 5e-4);
    }
  }
}

// Statsig: where Fieller's interval has no end only the point was shown.
TEST(peer_defects, an_unbounded_lift_is_shown_as_unbounded) {
  const Effect vague = compare_means(std::vector{MeanStratum{{20, 1, 19 * 40, 0}, {20, 3, 19 * 40, 0}}}, 0.05);
  EXPECT_EQ(vague.relative.status, Status::ok);
  EXPECT_FALSE(vague.relative.interval.bounded());
  EXPECT_TRUE(vague.relative.interval.known());
}

// Eppo: a chi-square for one look was repeated at each refresh. 400 fair splits, 200 looks each, alarm at .01.
TEST(peer_defects, a_split_that_is_watched_keeps_its_error) {
  constexpr int experiments = 400;
  Draws draws(31);
  int naive = 0;
  int sequential = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    Split split{{0, 0}, {1, 1}};
    bool alarm = false;
    bool naive_alarm = false;
    for (int look = 0; look < 200; ++look) {
      for (int unit = 0; unit < 50; ++unit) ++split.counts[draws.bits() & 1U];
      alarm = alarm || sequential_srm({&split, 1}).p.p <= 0.01;
      naive_alarm = naive_alarm || srm({&split, 1}).p.p <= 0.01;
    }
    sequential += alarm ? 1 : 0;
    naive += naive_alarm ? 1 : 0;
  }
  EXPECT_LE(sequential, experiments * 0.01 + 4.5 * std::sqrt(experiments * 0.01 * 0.99));
  EXPECT_GT(naive, 3 * experiments * 0.01);
}

// Mozilla experimenter 16010, 16011: an equal split was assumed, and deviations up to 5 % then let pass.
TEST(peer_defects, the_planned_split_is_the_one_tested_and_small_deviations_count) {
  EXPECT_NEAR(srm(std::vector<std::int64_t>{90'000, 10'000}, std::vector<double>{9, 1}).p.p, 1, 1e-9);
  EXPECT_LT(srm(std::vector<std::int64_t>{505'000, 495'000}, std::vector<double>{1, 1}).p.p, 1e-20);
}

// bucketeer 2638: an update that counted ln n instead of n kept intervals from ever shrinking; 2664: a composite null.
TEST(peer_defects, a_posterior_narrows_as_its_data_grow) {
  const auto width = [](std::int64_t units) {
    const Interval interval = credible(posterior(Proportion{units / 10, units}), 0.95);
    return interval.high - interval.low;
  };
  EXPECT_NEAR(width(1'000'000) / width(10'000), 0.1, 0.001);
  EXPECT_NEAR(posterior(1, 0.01, {0, 10}).sd, 0.01, 1e-8);
}

// avast/ep-stats 97: spending rounded to four decimals made early bounds infinite. rpact 3.3.4 does below 1e-14.
TEST(peer_defects, early_bounds_of_tiny_spending_are_finite) {
  const std::vector<double> information{0.02, 0.5, 1};
  const double first = spending_bounds(information, {SpendingKind::obrien_fleming, 0}, 0.025, false)[0];
  EXPECT_GT(first, 10);
  EXPECT_LT(first, 20);
}

// spotify/confidence 110: what holds after the planned size was unclear. Here a reserve is kept for it.
TEST(peer_defects, after_the_plan_a_reserve_is_spent_and_never_more) {
  const ErrorBudget budget;
  EXPECT_NEAR(budget.spent_by(1), 0.045, 1e-15);
  EXPECT_GT(budget.spent_by(2), 0.045);
  EXPECT_LE(budget.spent_by(1e9), 0.05);
}

// spotify/confidence 70: the variance of a rate was used for values, and became negative.
TEST(peer_defects, values_have_the_variance_that_they_have) {
  const Effect effect =
      compare_means(std::vector{MeanStratum{{1000, 3, 999 * 25.0, 0}, {1000, 3, 999 * 25.0, 0}}}, 0.05);
  EXPECT_NEAR(effect.absolute.se, std::sqrt(2 * 25.0 / 1000), 1e-15);
}

// PostHog 62236, 24639: the level asked for was ignored, and the interval of the lift not divided by the control's
// mean.
TEST(peer_defects, the_level_is_obeyed_and_the_lift_is_on_its_own_scale) {
  const std::vector strata{MeanStratum{{100'000, 20, 99'999 * 25.0, 0}, {100'000, 21, 99'999 * 25.0, 0}}};
  const Interval wide = compare_means(strata, 0.01).relative.interval;
  const Interval narrow = compare_means(strata, 0.2).relative.interval;
  EXPECT_NEAR((wide.high - wide.low) / (narrow.high - narrow.low), 2.5758 / 1.2816, 1e-3);
  EXPECT_NEAR((narrow.low + narrow.high) / 2, 0.05, 1e-4);
}

// PostHog: errors at a control mean that is not positive, instead of a status.
TEST(peer_defects, a_strange_baseline_has_a_name) {
  const std::vector zero{MeanStratum{{100, 0, 99, 0}, {100, 1, 99, 0}}};
  EXPECT_EQ(compare_means(zero, 0.05).absolute.status, Status::ok);
  EXPECT_EQ(compare_means(zero, 0.05).relative.status, Status::baseline_not_positive);
}

// Optimizely: Benjamini-Hochberg on anytime p, which the stops may make dependent in any way; e-values need no more.
TEST(peer_defects, discoveries_among_stopped_experiments_come_from_e_values) {
  const std::vector<double> log_e{std::log(100.0), std::log(45.0), std::log(1.5)};
  const std::vector<double> adjusted = e_benjamini_hochberg(log_e);
  EXPECT_LE(adjusted[1], 0.05);
  EXPECT_GT(adjusted[2], 0.05);
}

// statsmodels 2742: intervals outside [0, 1] and NaN at counts of 0 and n.
TEST(peer_defects, intervals_of_a_rate_stay_inside_the_unit_interval) {
  for (const Proportion arm : {Proportion{0, 7}, Proportion{7, 7}, Proportion{1, 100000000}, Proportion{1, 1}}) {
    for (const Interval& interval : {wilson(arm, 0.05), clopper_pearson(arm, 0.05)}) {
      EXPECT_GE(interval.low, 0);
      EXPECT_LE(interval.high, 1);
      EXPECT_TRUE(interval.contains(arm.rate()));
    }
  }
}

// PostHog 72503: "better" at a one-sided level beside a two-sided interval that covers zero.
TEST(peer_defects, a_declared_effect_never_has_zero_in_its_interval) {
  const std::vector border{MeanStratum{{1000, 1, 999, 0}, {1000, 1.08, 999, 0}}};  // z = 1.79
  const Effect effect = compare_means(border, 0.05);
  EXPECT_GT(effect.absolute.p, 0.05);
  EXPECT_TRUE(effect.absolute.interval.contains(0));
  EXPECT_TRUE(effect.relative.interval.contains(0));
}

}  // namespace
}  // namespace touchstone::stats
