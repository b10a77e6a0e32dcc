#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "stats/fixed/ratio.hpp"
#include "stats/sequential/values.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

RatioSums sums_of(std::span<const std::array<std::int64_t, 2>> units) {
  RatioSums sums;
  for (const auto& [y, x] : units) {
    sums.y.add(y);
    sums.x.add(x);
    sums.cross.add(y, x);
  }
  return sums;
}

/// Of R + (y - R x)/mean x by unit, by mpmath at 40 digits: variance 32/3, third moment 92.16.
TEST(ratio_values, have_the_moments_of_the_linearised_units) {
  constexpr std::array<std::array<std::int64_t, 2>, 4> units{{{10, 2}, {0, 1}, {30, 3}, {20, 4}}};
  const Moments values = ratio_values(sums_of(units), 0, 0);
  EXPECT_EQ(values.n, 4);
  EXPECT_DOUBLE_EQ(values.mean, 6);
  EXPECT_NEAR(values.variance(), 32.0 / 3, 1e-12);
  EXPECT_NEAR(values.m3, 92.16, 1e-10);
}

TEST(ratio_values, decimals_scale_them) {
  constexpr std::array<std::array<std::int64_t, 2>, 4> fine{{{1000, 2}, {0, 1}, {3000, 3}, {2000, 4}}};
  const Moments values = ratio_values(sums_of(fine), 2, 0);
  EXPECT_DOUBLE_EQ(values.mean, 6);
  EXPECT_NEAR(values.m3, 92.16, 1e-10);
}

TEST(ratio_values, nothing_below_the_line_is_no_ratio) {
  constexpr std::array<std::array<std::int64_t, 2>, 2> units{{{10, 0}, {20, 0}}};
  EXPECT_EQ(ratio_values(sums_of(units), 0, 0).n, 0);
  EXPECT_EQ(ratio_values({}, 0, 0).n, 0);
}

TEST(ratio_values, what_is_taken_back_leaves_no_trace) {
  RatioSums sums;
  sums.cross.add(7, 9);
  sums.cross.retract(7, 9);
  EXPECT_EQ(sums.cross, CrossSums{});
}

TEST(value_looks, judge_as_the_ticks_that_they_add_up) {
  Draws draws(31);
  std::vector<ValueTick> ticks;
  std::vector<ValueLook> looks;
  MeanStratum all;
  for (int k = 1; k <= 30; ++k) {
    std::vector<double> a(40);
    std::vector<double> b(40);
    for (double& value : a) value = draws.uniform();
    for (double& value : b) value = draws.uniform() + 0.1;
    ticks.push_back({{moments(a), moments(b)}, k / 30.0, 0});
    all = {merge(all.a, ticks.back().entered.a), merge(all.b, ticks.back().entered.b)};
    looks.push_back({{all}, k / 30.0});
  }
  const ValueVerdict by_ticks = judge_values(ticks, {0.05, 0.005});
  const ValueVerdict by_looks = judge_values(looks, {0.05, 0.005});
  EXPECT_EQ(by_looks.side, Side::better);
  EXPECT_EQ(by_looks.decided_at, by_ticks.decided_at);
  EXPECT_EQ(by_looks.evidence, by_ticks.evidence);
  EXPECT_EQ(by_looks.difference, by_ticks.difference);
}

/// Spend for each visit where those who visit more spend more, with a heavy tail: looked at fifty times.
class Shop {
 public:
  Shop(std::uint64_t seed, int per_look_a, int per_look_b) : draws_(seed), a_(per_look_a), b_(per_look_b) {}

  Side outcome(double effect) {
    RatioSums control;
    RatioSums treatment;
    std::vector<ValueLook> looks;
    for (int k = 1; k <= 50; ++k) {
      for (int i = 0; i < a_; ++i) enter(control, 1);
      for (int i = 0; i < b_; ++i) enter(treatment, effect);
      looks.push_back({{{ratio_values(control, 2, 0), ratio_values(treatment, 2, 0)}}, k / 50.0});
    }
    return judge_values(looks, {0.05, 0.005}).side;
  }

 private:
  void enter(RatioSums& arm, double effect) {
    const auto visits = 1 + draws_.between(0, 4) * draws_.between(0, 2);
    const auto spent = std::llround(100 * effect * static_cast<double>(visits) * std::exp(draws_.normal()));
    arm.y.add(spent);
    arm.x.add(visits);
    arm.cross.add(spent, visits);
  }

  Draws draws_;
  int a_;
  int b_;
};

/// 600 streams of no effect: at most 5 % and three standard errors declare one.
TEST(value_looks, ratios_keep_their_error_at_any_split) {
  constexpr int streams = 600;
  const double most = streams * (0.05 + 3 * std::sqrt(0.05 * 0.95 / streams));
  for (const auto& [a, b, seed] : {std::array{20, 20, 41}, std::array{36, 4, 42}}) {
    Shop shop(static_cast<std::uint64_t>(seed), a, b);
    int declared = 0;
    for (int stream = 0; stream < streams; ++stream) declared += shop.outcome(1) == Side::none ? 0 : 1;
    EXPECT_LE(declared, most) << a << " to " << b;
  }
}

/// The ratio's values have about the spread of a lognormal, so a change by a third at 1,000 units an arm is clear.
TEST(value_looks, ratios_that_differ_are_found) {
  Shop shop(43, 20, 20);
  int better = 0;
  for (int stream = 0; stream < 100; ++stream) better += shop.outcome(1.33) == Side::better ? 1 : 0;
  EXPECT_GE(better, 80);
}

}  // namespace
}  // namespace touchstone::stats
