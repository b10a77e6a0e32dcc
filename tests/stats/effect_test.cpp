#include "stats/effect.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/fixed/lift.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/score.hpp"
#include "stats/fixed/welch.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

using Means = std::vector<MeanStratum>;
using Rates = std::vector<ProportionStratum>;

Moments group(Draws& draws, double mean) {
  const std::int64_t n = draws.between(5, 5000);
  const double spread = 0.2 + 3 * draws.uniform();
  const double m2 = spread * spread * static_cast<double>(n - 1);
  return {n, mean + 0.2 * (draws.uniform() - 0.5), m2, 0};
}

Means means_of(std::uint64_t seed, std::size_t strata) {
  Draws draws(seed);
  Means result;
  for (std::size_t i = 0; i < strata; ++i) {
    const double level = 2 * draws.uniform();
    result.push_back({group(draws, level), group(draws, level)});
  }
  return result;
}

Proportion rate(Draws& draws) {
  const std::int64_t units = draws.between(1, 3000);
  return {draws.between(0, units), units};
}

Rates rates_of(std::uint64_t seed, std::size_t strata) {
  Draws draws(seed);
  Rates result;
  for (std::size_t i = 0; i < strata; ++i) result.push_back({rate(draws), rate(draws)});
  return result;
}

template <class Strata>
Strata swapped(Strata strata) {
  for (auto& s : strata) std::swap(s.a, s.b);
  return strata;
}

// What makes a report honest: interval and test never contradict each other, absolute or relative.
void expect_one_rule(const Effect& effect, double alpha) {
  if (effect.absolute.status != Status::ok || std::abs(effect.absolute.p - alpha) < 1e-9) return;
  const bool declared = effect.absolute.p < alpha;
  EXPECT_EQ(declared, !effect.absolute.interval.contains(0)) << effect.absolute.p;
  if (effect.relative.status == Status::ok) {
    EXPECT_EQ(declared, !effect.relative.interval.contains(0)) << effect.relative.p;
  }
}

TEST(effect, decision_and_both_intervals_come_from_one_rule) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const std::size_t strata = 1 + seed % 4;
    const double alpha = seed % 3 == 0 ? 0.3 : 0.05;
    const Tuning tuning{alpha, 3000};
    expect_one_rule(compare_means(means_of(seed, strata), alpha), alpha);
    expect_one_rule(compare_proportions(rates_of(seed, strata), alpha), alpha);
    expect_one_rule(always_valid_means(means_of(seed, strata), tuning), alpha);
    expect_one_rule(always_valid_proportions(rates_of(seed, strata), tuning), alpha);
  }
}

TEST(effect, swapping_the_arms_flips_the_sign_and_nothing_else) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Means means = means_of(seed, 1 + seed % 3);
    const Effect forth = compare_means(means, 0.05);
    const Effect back = compare_means(swapped(means), 0.05);
    EXPECT_NEAR(forth.absolute.estimate, -back.absolute.estimate, 1e-14);
    EXPECT_NEAR(forth.absolute.p, back.absolute.p, 1e-12);
    EXPECT_NEAR(forth.absolute.interval.low, -back.absolute.interval.high, 1e-12);
    const Rates rates = rates_of(seed, 1 + seed % 3);
    const Effect rise = compare_proportions(rates, 0.05);
    const Effect fall = compare_proportions(swapped(rates), 0.05);
    EXPECT_NEAR(rise.absolute.p, fall.absolute.p, 1e-12);
    EXPECT_NEAR(rise.absolute.interval.high, -fall.absolute.interval.low, 1e-9);
  }
}

TEST(effect, a_change_of_unit_changes_no_conclusion) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Means means = means_of(seed, 2);
    const Effect before = compare_means(means, 0.05);
    const Effect watched = always_valid_means(means, {0.05, 2000});
    constexpr double factor = 1e-7;
    for (MeanStratum& s : means) s = {scaled(s.a, factor), scaled(s.b, factor)};
    const Effect after = compare_means(means, 0.05);
    EXPECT_NEAR(after.absolute.p, before.absolute.p, 1e-12);
    EXPECT_NEAR(after.absolute.interval.low, factor * before.absolute.interval.low, 1e-15);
    EXPECT_NEAR(after.relative.interval.high, before.relative.interval.high, 1e-9);
    EXPECT_NEAR(always_valid_means(means, {0.05, 2000}).absolute.p, watched.absolute.p, 1e-12);
  }
}

TEST(effect, the_order_of_strata_does_not_matter) {
  Means means = means_of(11, 5);
  Rates rates = rates_of(11, 5);
  const Effect before = compare_means(means, 0.05);
  const Effect rates_before = compare_proportions(rates, 0.05);
  std::reverse(means.begin(), means.end());
  std::reverse(rates.begin(), rates.end());
  EXPECT_NEAR(compare_means(means, 0.05).absolute.estimate, before.absolute.estimate, 1e-14);
  EXPECT_NEAR(compare_proportions(rates, 0.05).absolute.p, rates_before.absolute.p, 1e-12);
}

TEST(effect, one_stratum_is_the_plain_test) {
  const Means means = means_of(5, 1);
  const WelchTest plain = welch(means[0].a, means[0].b);
  const Effect effect = compare_means(means, 0.05);
  EXPECT_EQ(effect.absolute.p, plain.two_sided.p);
  EXPECT_EQ(effect.absolute.interval, t_interval(plain, 0.05));
  const Rates rates{{{120, 1000}, {150, 1010}}};
  const ProportionTest test = compare(rates[0].a, rates[0].b);
  EXPECT_NEAR(compare_proportions(rates, 0.05).absolute.p, test.pooled.p, 1e-15);
  EXPECT_NEAR(compare_proportions(rates, 0.05).absolute.se, test.se_unpooled, 1e-15);
}

// Newcombe, Statistics in Medicine 17 (1998) 873, table II, 56/70 - 48/80, method 5 (Mee): 0.0533 to 0.3377.
TEST(score, difference_interval_is_mees) {
  const Interval interval = compare_proportions(Rates{{{48, 80}, {56, 70}}}, 0.05).absolute.interval;
  EXPECT_NEAR(interval.low, 0.0533, 5e-5);
  EXPECT_NEAR(interval.high, 0.3377, 5e-5);
}

// Koopman, Biometrics 40 (1984) 513: 36/40 against 16/80 gives a ratio of 2.94 to 7.15.
TEST(score, ratio_interval_is_koopmans) {
  const Interval lift = compare_proportions(Rates{{{16, 80}, {36, 40}}}, 0.05).relative.interval;
  EXPECT_NEAR(1 + lift.low, 2.94, 0.005);
  EXPECT_NEAR(1 + lift.high, 7.15, 0.005);
}

// Admissions at Berkeley in 1973 by department: R's mantelhaen.test(UCBAdmissions, correct = FALSE) gives chi-square
// 1.5246; ours has no n/(n-1). Totals over departments say the opposite with z = 9.6.
TEST(score, strata_do_not_let_a_mix_reverse_a_result) {
  const Rates departments{{{89, 108}, {512, 825}},  {{17, 25}, {353, 560}}, {{202, 593}, {120, 325}},
                          {{131, 375}, {138, 417}}, {{94, 393}, {53, 191}}, {{24, 341}, {22, 373}}};
  const double z = score_z_difference(departments, 0);
  EXPECT_NEAR(z * z, 1.5246, 0.02);
  EXPECT_LT(compare_proportions(departments, 0.05).absolute.estimate, 0);
  EXPECT_NEAR(score_z_difference(Rates{{{557, 1835}, {1198, 2691}}}, 0), 9.6, 0.1);
}

TEST(score, the_most_likely_constrained_rates_solve_their_equation) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Draws draws(seed);
    const ProportionStratum s{rate(draws), rate(draws)};
    const double d = 1.9 * draws.uniform() - 0.95;
    const auto log_likelihood = [&](double p) {
      const auto term = [](double count, double q) { return count == 0 ? 0 : count * std::log(q); };
      const auto x_a = static_cast<double>(s.a.conversions);
      const auto x_b = static_cast<double>(s.b.conversions);
      return term(x_a, p) + term(s.a.count() - x_a, 1 - p) + term(x_b, p + d) + term(s.b.count() - x_b, 1 - p - d);
    };
    const ConstrainedRates best = constrained_to_difference(s, d);
    EXPECT_NEAR(best.b - best.a, d, 1e-12);
    const double low = std::max(0.0, -d);
    const double high = std::min(1.0, 1 - d);
    for (int i = 1; i < 50; ++i) {
      const double p = low + (high - low) * i / 50;
      EXPECT_GE(log_likelihood(best.a), log_likelihood(p) - 1e-7) << seed;
    }
  }
}

TEST(effect, rates_of_zero_and_one_still_get_an_answer) {
  const Effect none = compare_proportions(Rates{{{0, 1000}, {100, 1000}}}, 0.05);
  EXPECT_EQ(none.absolute.status, Status::ok);
  EXPECT_LT(none.absolute.p, 1e-20);
  EXPECT_GT(none.absolute.interval.low, 0.08);
  EXPECT_EQ(none.relative.status, Status::baseline_not_positive);
  EXPECT_TRUE(std::isinf(none.relative.interval.high));
  EXPECT_GT(none.relative.interval.low, 1);
  const Effect all = compare_proportions(Rates{{{50, 50}, {50, 50}}}, 0.05);
  EXPECT_EQ(all.absolute.status, Status::zero_variance);
  EXPECT_TRUE(std::isnan(all.absolute.p));
  EXPECT_NEAR(all.absolute.interval.high, 0.0713, 1e-3);  // z^2/(n + z^2)
}

TEST(effect, too_little_data_is_said_by_name) {
  EXPECT_EQ(compare_means(Means{}, 0.05).absolute.status, Status::no_data);
  EXPECT_EQ(compare_means(Means{{{1, 2, 0, 0}, {50, 2, 3, 0}}}, 0.05).absolute.status, Status::insufficient_data);
  EXPECT_EQ(compare_means(Means{{{9, 2, 0, 0}, {9, 2, 0, 0}}}, 0.05).absolute.status, Status::zero_variance);
  EXPECT_EQ(compare_proportions(Rates{}, 0.05).absolute.status, Status::no_data);
  EXPECT_EQ(compare_proportions(Rates{{{0, 0}, {3, 5}}}, 0.05).absolute.status, Status::insufficient_data);
  EXPECT_EQ(always_valid_means(Means{}, {}).absolute.status, Status::no_data);
  EXPECT_EQ(always_valid_means(Means{{{9, 2, 0, 0}, {9, 2, 0, 0}}}, {}).absolute.status, Status::zero_variance);
}

TEST(strata, strata_without_variance_are_left_out_and_counted) {
  const MeanStratum full{{10, 1, 9, 0}, {10, 2, 9, 0}};
  const MeanStratum thin{{1, 100, 0, 0}, {10, 2, 9, 0}};
  const ComparedMeans both = compare(Means{full, thin});
  EXPECT_EQ(both.units, 20);
  EXPECT_EQ(both.left_out, 11);
  EXPECT_EQ(both.difference, compare(Means{full}).difference);
}

// Small arm, skewed values: the pooled-null standard error is the larger one and wins.
TEST(effect, always_valid_takes_the_larger_standard_error) {
  const Means skewed{{{9000, 1.0, 81000, 0}, {100, 0.2, 4, 0}}};
  const ComparedMeans means = compare(skewed);
  EXPECT_GT(means.pooled.at_null, means.own.at_null);
  EXPECT_DOUBLE_EQ(always_valid_means(skewed, {}).absolute.se, std::sqrt(means.pooled.at_null));
}

TEST(lift, fieller_is_unbounded_where_the_baseline_is_not_clear) {
  const ArmMean vague{0.1, 1, undefined};
  EXPECT_GE(fieller_g(vague, 1.96), 1);
  EXPECT_FALSE(fieller(0.2, 0.1, {2, 1, 1}, 1.96).bounded());
  const Interval one_sided = fieller(5, 1, {2, 1, 1}, 1.96);
  EXPECT_GT(one_sided.low, 0);
  EXPECT_TRUE(std::isinf(one_sided.high));
}

TEST(lift, log_ratio_needs_positive_means) {
  EXPECT_FALSE(log_ratio_interval({-1, 0.1, undefined}, {1, 0.1, undefined}, 1.96).known());
  const Interval interval = log_ratio_interval({1, 0.01, undefined}, {2, 0.04, undefined}, 1.96);
  EXPECT_NEAR((1 + interval.low) * (1 + interval.high), 4, 1e-12);
}

}  // namespace
}  // namespace touchstone::stats
