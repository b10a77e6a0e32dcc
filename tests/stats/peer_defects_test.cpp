#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/normal.hpp"
#include "stats/effect.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/posterior.hpp"
#include "stats/srm.hpp"

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

// G10: the credible level that was asked for is the one that is used.
TEST(peer_defects, g10_the_credible_level_is_obeyed) {
  const BetaPosterior arm = posterior(Proportion{100, 1000});
  const Interval wide = credible(arm, 0.99);
  const Interval narrow = credible(arm, 0.5);
  EXPECT_LT(wide.low, narrow.low);
  EXPECT_GT(wide.high, narrow.high);
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
