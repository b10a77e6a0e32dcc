#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "stats/survival/compare_survival.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

using Lifetimes = std::vector<Lifetime>;

Lifetimes lifetimes(const std::vector<double>& ended, const std::vector<double>& censored) {
  Lifetimes all;
  for (const double time : ended) all.push_back({time, true});
  for (const double time : censored) all.push_back({time, false});
  return all;
}

// Freireich et al. 1963: weeks of remission of 42 children under 6-mercaptopurine or placebo; the example of Cox 1972.
Lifetimes mercaptopurine() {
  return lifetimes({6, 6, 6, 7, 10, 13, 16, 22, 23}, {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35});
}
Lifetimes placebo() { return lifetimes({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, {}); }

// Miller 1981, p. 49; R's survival::aml: acute myelogenous leukaemia with and without maintenance.
Lifetimes maintained() { return lifetimes({9, 13, 18, 23, 31, 34, 48}, {13, 28, 45, 161}); }
Lifetimes not_maintained() { return lifetimes({5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45}, {16}); }

Lifetimes drawn(Draws& draws, std::int64_t most) {
  Lifetimes all(static_cast<std::size_t>(draws.between(3, most)));
  for (Lifetime& one : all) one = {static_cast<double>(draws.between(1, 12)), draws.uniform() < 0.7};
  return all;
}

// Klein and Moeschberger 2003, table 4.1A (S and its standard error); limits by lifelines 0.30.3.
TEST(kaplan_meier, children_under_mercaptopurine) {
  const std::vector<SurvivalStep> curve = kaplan_meier(mercaptopurine(), 0.05);
  const std::vector<double> survival{0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  const std::vector<double> se{0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135};
  ASSERT_EQ(curve.size(), 7U);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    EXPECT_NEAR(curve[i].survival, survival[i], 5e-4);
    EXPECT_NEAR(curve[i].se, se[i], 5e-4);
  }
  EXPECT_EQ(curve[0].ending.at_risk, 21);
  EXPECT_EQ(curve[0].ending.ended, 3);
  EXPECT_EQ(curve[2].ending.at_risk, 15);  // those censored at 6 and 9 are gone
  EXPECT_NEAR(curve[0].interval.low, 0.619718, 1e-6);
  EXPECT_NEAR(curve[0].interval.high, 0.951552, 1e-6);
  EXPECT_NEAR(curve[6].interval.low, 0.188052, 1e-6);
  EXPECT_NEAR(curve[6].interval.high, 0.680143, 1e-6);
}

// R: survfit(Surv(time, status) ~ x, aml): median 31, limits 13 and none with conf.type = "log-log".
TEST(kaplan_meier, median_has_limits_from_those_of_the_curve) {
  const SurvivalQuantile median = survival_quantile(kaplan_meier(maintained(), 0.05), 0.5);
  EXPECT_EQ(median.time, 31);
  EXPECT_EQ(median.interval.low, 13);
  EXPECT_EQ(median.interval.high, infinity);
  EXPECT_EQ(survival_quantile(kaplan_meier(mercaptopurine(), 0.05), 0.9).time, infinity);
}

TEST(kaplan_meier, the_curve_holds_from_one_event_to_the_next) {
  const std::vector<SurvivalStep> curve = kaplan_meier(mercaptopurine(), 0.05);
  EXPECT_EQ(survival_at(curve, 5.9).survival, 1);
  EXPECT_FALSE(survival_at(curve, 5.9).interval.known());
  EXPECT_EQ(survival_at(curve, 6).survival, curve[0].survival);
  EXPECT_EQ(survival_at(curve, 12.9).survival, curve[2].survival);
  EXPECT_EQ(survival_at(curve, 1000).survival, curve[6].survival);
}

TEST(kaplan_meier, where_nobody_is_left_nothing_is_said_of_the_error) {
  const std::vector<SurvivalStep> curve = kaplan_meier(placebo(), 0.05);
  EXPECT_EQ(curve.back().survival, 0);
  EXPECT_TRUE(std::isnan(curve.back().se));
  EXPECT_FALSE(curve.back().interval.known());
  EXPECT_TRUE(kaplan_meier(Lifetimes{}, 0.05).empty());
  EXPECT_TRUE(kaplan_meier(lifetimes({}, {3, 4}), 0.05).empty());
}

// Without censoring the curve is the share that is left.
TEST(kaplan_meier, without_censoring_it_is_a_share) {
  for (const SurvivalStep& step : kaplan_meier(placebo(), 0.05)) {
    const Lifetimes all = placebo();
    const auto left =
        std::count_if(all.begin(), all.end(), [&](const Lifetime& l) { return l.time > step.ending.time; });
    EXPECT_NEAR(step.survival, static_cast<double>(left) / 21, 1e-15);
    if (left > 0) {
      EXPECT_NEAR(step.se, std::sqrt(step.survival * (1 - step.survival) / 21), 1e-15);
    }
  }
}

// Collett, Klein and Moeschberger and others: chi-square 16.79 for the children; R's survdiff(aml) 3.396389, p .0653;
// both data sets as strata by statsmodels 0.14 (survdiff with strata): 18.9311549.
TEST(log_rank, chi_square_of_the_textbooks) {
  const Lifetimes treated = mercaptopurine();
  const Lifetimes untreated = placebo();
  const Lifetimes kept = maintained();
  const Lifetimes dropped = not_maintained();
  const LogRank children = log_rank(std::vector{SurvivalStratum{treated, untreated}});
  EXPECT_NEAR(children.z * children.z, 16.792940989, 1e-8);
  EXPECT_NEAR(children.two_sided.p, 4.1688091e-05, 1e-11);
  EXPECT_EQ(children.observed, 21);
  EXPECT_NEAR(children.expected, 10.75, 0.005);  // R: survdiff
  EXPECT_GT(children.z, 0);
  const LogRank aml = log_rank(std::vector{SurvivalStratum{kept, dropped}});
  EXPECT_NEAR(aml.z * aml.z, 3.396388699, 1e-8);
  const LogRank both = log_rank(std::vector{SurvivalStratum{treated, untreated}, SurvivalStratum{kept, dropped}});
  EXPECT_NEAR(both.z * both.z, 18.931154915, 1e-8);
}

// R: coxph(Surv(time, status) ~ x), ties by Efron; aml: coef .9155, se .5119, score test 3.42; children: 1.5721, .4124.
// Further digits and strata by lifelines 0.30.3.
TEST(hazard_ratio, is_coxs_with_efrons_ties) {
  const Lifetimes treated = mercaptopurine();
  const Lifetimes untreated = placebo();
  const Lifetimes kept = maintained();
  const Lifetimes dropped = not_maintained();
  const HazardRatio children = hazard_ratio(std::vector{SurvivalStratum{treated, untreated}}, 0.05);
  EXPECT_NEAR(children.log_ratio, 1.572125, 1e-6);
  EXPECT_NEAR(children.log_se, 0.412397, 1e-6);
  EXPECT_NEAR(children.ratio, 4.816873, 1e-5);
  const HazardRatio aml = hazard_ratio(std::vector{SurvivalStratum{kept, dropped}}, 0.05);
  EXPECT_NEAR(aml.log_ratio, 0.915532, 2e-6);
  EXPECT_NEAR(aml.log_se, 0.511934, 2e-6);
  EXPECT_NEAR(aml.p, 0.0645, 0.0003);
  const HazardRatio both =
      hazard_ratio(std::vector{SurvivalStratum{treated, untreated}, SurvivalStratum{kept, dropped}}, 0.05);
  EXPECT_NEAR(both.log_ratio, 1.331089, 3e-6);
  EXPECT_NEAR(both.log_se, 0.322257, 1e-6);
}

TEST(hazard_ratio, interval_and_p_are_one_rule) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Draws draws(seed);
    const Lifetimes a = drawn(draws, 25);
    const Lifetimes b = drawn(draws, 25);
    const HazardRatio found = hazard_ratio(std::vector{SurvivalStratum{a, b}}, 0.2);
    if (found.status != Status::ok) continue;
    EXPECT_EQ(found.p <= 0.2, !found.interval.contains(1)) << seed;
    EXPECT_TRUE(found.interval.contains(found.ratio)) << seed;
  }
}

TEST(hazard_ratio, swapping_the_arms_inverts_it_and_a_unit_of_time_changes_nothing) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Draws draws(seed);
    Lifetimes a = drawn(draws, 40);
    Lifetimes b = drawn(draws, 40);
    const HazardRatio forth = hazard_ratio(std::vector{SurvivalStratum{a, b}}, 0.05);
    const HazardRatio back = hazard_ratio(std::vector{SurvivalStratum{b, a}}, 0.05);
    const LogRank test = log_rank(std::vector{SurvivalStratum{a, b}});
    if (forth.status != Status::ok || std::isinf(forth.log_ratio)) continue;
    EXPECT_NEAR(forth.log_ratio, -back.log_ratio, 1e-10);
    EXPECT_NEAR(forth.interval.low * back.interval.high, 1, 1e-9);
    EXPECT_NEAR(test.z, -log_rank(std::vector{SurvivalStratum{b, a}}).z, 1e-12);
    for (Lifetimes* arm : {&a, &b}) {
      for (Lifetime& one : *arm) one.time *= 86400;
      std::reverse(arm->begin(), arm->end());
    }
    EXPECT_EQ(hazard_ratio(std::vector{SurvivalStratum{a, b}}, 0.05).log_ratio, forth.log_ratio);
    EXPECT_EQ(log_rank(std::vector{SurvivalStratum{a, b}}).z, test.z);
  }
}

TEST(hazard_ratio, where_one_arm_lost_nobody_one_end_is_known) {
  const Lifetimes stays = lifetimes({}, std::vector<double>(30, 100));
  const Lifetimes leaves = lifetimes({10, 20, 30, 40, 50, 60, 70, 80}, {});
  const HazardRatio worse = hazard_ratio(std::vector{SurvivalStratum{stays, leaves}}, 0.05);
  EXPECT_EQ(worse.ratio, infinity);
  EXPECT_TRUE(std::isnan(worse.log_se));
  EXPECT_GT(worse.interval.low, 1);
  EXPECT_EQ(worse.interval.high, infinity);
  const HazardRatio better = hazard_ratio(std::vector{SurvivalStratum{leaves, stays}}, 0.05);
  EXPECT_EQ(better.ratio, 0);
  EXPECT_EQ(better.interval.low, 0);
  EXPECT_LT(better.interval.high, 1);
}

TEST(survival, too_little_data_is_said_by_name) {
  const Lifetimes some = lifetimes({3}, {5});
  const Lifetimes none;
  const Lifetimes late = lifetimes({}, {1});
  EXPECT_EQ(log_rank({}).status, Status::no_data);
  EXPECT_EQ(hazard_ratio({}, 0.05).status, Status::no_data);
  // Nobody of the other arm is there when something happens.
  EXPECT_EQ(log_rank(std::vector{SurvivalStratum{some, none}}).status, Status::insufficient_data);
  EXPECT_EQ(hazard_ratio(std::vector{SurvivalStratum{some, late}}, 0.05).status, Status::insufficient_data);
  // One event with one customer left.
  const Lifetimes one = lifetimes({3}, {});
  EXPECT_EQ(log_rank(std::vector{SurvivalStratum{none, one}}).status, Status::insufficient_data);
}

}  // namespace
}  // namespace touchstone::stats
