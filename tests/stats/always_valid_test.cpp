#include <cmath>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "stats/sequential/calibrated.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/two_keys.hpp"
#include "stats/sequential/values.hpp"
#include "tests/stats/draws.hpp"
#include "tests/stats/shared_data.hpp"

namespace touchstone::stats {
namespace {

using nlohmann::json;

/// The worked examples of simulation_anchors_2.json, section "exact", all to 1e-9.
class WorkedExamples : public testing::Test {
 protected:
  void SetUp() override {
    const auto path = shared_data() / "reference" / "stats" / "simulation_anchors_2.json";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no worked examples at " << path;
    exact_ = json::parse(std::ifstream(path)).at("exact");
  }

  json exact_;
};

constexpr double tolerance = 1e-9;

std::vector<double> equal_shares(int looks) {
  std::vector<double> shares;
  for (int k = 1; k <= looks; ++k) shares.push_back(static_cast<double>(k) / looks);
  return shares;
}

TEST_F(WorkedExamples, thresholds_of_the_calibrated_boundary) {
  for (const json& row : exact_.at("calibration")) {
    const int looks = row.at("looks");
    const double c = row.at("log_constant");
    EXPECT_NEAR(boundary_critical(1.0 / looks, c), row.at("b_first").get<double>(), tolerance);
    EXPECT_NEAR(boundary_critical(1, c), row.at("b_end").get<double>(), tolerance);
    if (looks > 100) continue;
    EXPECT_NEAR(boundary_log_threshold(row.at("alpha"), looks), c, tolerance) << looks;
  }
}

// The table that spares the recursion for the default number of looks is that recursion's result.
TEST_F(WorkedExamples, tabulated_thresholds_spend_what_they_say) {
  const double r = exact_.at("calibration").at(0).at("r");
  for (const double alpha : {0.05, 0.045, 0.01}) {
    EXPECT_NEAR(crossing_probability(equal_shares(500), r, boundary_log_threshold(alpha, 500)), alpha, 1e-10);
  }
}

TEST(error_budget, the_usual_threshold_of_any_error_lies_on_the_safe_side) {
  for (const double alpha : {0.5, 0.3, 0.07, 0.05, 0.045, 0.03, 0.009, 1e-4, 1e-7}) {
    EXPECT_NEAR(usual_error(usual_log_threshold(alpha)) / alpha, 1, 1e-9) << alpha;
  }
  EXPECT_DOUBLE_EQ(usual_log_threshold(0.045), boundary_log_threshold(0.045, 500));
  EXPECT_NEAR(log_threshold_after_horizon({}), 3.394, 1e-12);
  EXPECT_GT(log_threshold_after_horizon({0.01, 0.001}), 5);
  // Between the solved errors the chord asks for a little more than the recursion does.
  const double exact = crossing_probability(equal_shares(500), 32.84787247827301, usual_log_threshold(0.03));
  EXPECT_LE(exact, 0.03);
  EXPECT_GT(exact, 0.0295);
}

TEST_F(WorkedExamples, spending) {
  for (const json& row : exact_.at("spending")) {
    const ErrorBudget budget{row.at("alpha_total"), 0};
    EXPECT_NEAR(budget.spent_by(row.at("t")), row.at("spent_by").get<double>(), 1e-12);
  }
}

TEST_F(WorkedExamples, exact_limits_of_conversions) {
  for (const json& example : exact_.at("exact_boundary")) {
    ConversionWalk walk({0.05, 0});
    for (std::size_t k = 0; k < example.at("batches").size(); ++k) {
      const json& batch = example.at("batches").at(k);
      const json& expected = example.at("expected").at(k);
      const ConversionLimits limits =
          walk.advance({batch.at("users"), batch.at("users_B"), batch.at("conversions"), 0, batch.at("t"), 0});
      EXPECT_EQ(limits.upper, expected.at("reject_if_B_total_at_least").get<std::int64_t>()) << example.at("name");
      EXPECT_EQ(limits.lower, expected.at("reject_if_B_total_at_most").get<std::int64_t>()) << example.at("name");
      EXPECT_NEAR(limits.spent_up, expected.at("spent_up").get<double>(), tolerance);
      EXPECT_NEAR(limits.spent_low, expected.at("spent_low").get<double>(), tolerance);
    }
  }
}

Moments arm(const json& in) { return {in.at("n"), in.at("mean"), in.at("M2"), in.at("M3"), 0}; }

TEST_F(WorkedExamples, first_key_from_four_moments) {
  for (const json& row : exact_.at("score_skew_moments")) {
    const std::vector strata{MeanStratum{arm(row.at("A")), arm(row.at("B"))}};
    const json& expected = row.at("expected");
    const Moments pooled = merge(strata[0].a, strata[0].b);
    EXPECT_NEAR(pooled.m2 / expected.at("M2").get<double>(), 1, tolerance);
    EXPECT_NEAR(pooled.m3 / expected.at("M3").get<double>(), 1, tolerance);
    const Keys result = keys(strata);
    EXPECT_NEAR(result.z, expected.at("z").get<double>(), tolerance);
    EXPECT_NEAR(result.skewness, expected.at("gamma").get<double>(), tolerance);
    EXPECT_NEAR(result.skewness_used, expected.at("gamma_used").get<double>(), tolerance);
    EXPECT_NEAR(result.first, expected.at("z_corrected").get<double>(), tolerance);
  }
}

TEST_F(WorkedExamples, ratio_score_and_its_interval) {
  for (const json& row : exact_.at("score_skew_lift")) {
    const std::vector strata{RatioStratum{row.at("nA"), row.at("nB"), row.at("sA"), row.at("sB")}};
    for (const json& at : row.at("at_R")) {
      EXPECT_NEAR(ratio_score(strata, at.at("R")), at.at("z_corrected").get<double>(), tolerance);
    }
    const double critical = row.at("critical");
    const Interval interval = ratio_interval(strata, critical, critical);
    EXPECT_NEAR(interval.low, row.at("lift_ratio_low").get<double>(), tolerance);
    EXPECT_NEAR(interval.high / row.at("lift_ratio_high").get<double>(), 1, tolerance);
  }
}

std::vector<ConversionTick> stream(std::uint64_t seed, double p_a, double p_b, std::int64_t share_b, int ticks) {
  Draws draws(seed);
  std::vector<ConversionTick> result;
  for (int k = 1; k <= ticks; ++k) {
    ConversionTick tick;
    tick.t = static_cast<double>(k) / ticks;
    for (int i = 0; i < 40; ++i) {
      const bool in_b = draws.between(1, 100) <= share_b;
      const bool converted = draws.uniform() < (in_b ? p_b : p_a);
      tick.users += 1;
      tick.users_b += in_b ? 1 : 0;
      tick.conversions += converted ? 1 : 0;
      tick.conversions_b += in_b && converted ? 1 : 0;
    }
    result.push_back(tick);
  }
  return result;
}

TEST(conversions, a_side_is_declared_exactly_when_the_interval_excludes_no_effect) {
  int declared_streams = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const double p_b = seed % 3 == 0 ? 0.1 : seed % 3 == 1 ? 0.2 : 0.05;
    const ConversionVerdict verdict = judge_conversions(stream(seed, 0.1, p_b, 50, 40), {});
    EXPECT_EQ(verdict.side != Side::none, !verdict.ratio.contains(1)) << seed;
    EXPECT_EQ(verdict.side == Side::better, verdict.ratio.low > 1);
    EXPECT_EQ(verdict.side == Side::worse, verdict.ratio.high < 1);
    EXPECT_EQ(verdict.side == Side::better, verdict.difference.low > 0);
    EXPECT_EQ(verdict.side == Side::worse, verdict.difference.high < 0);
    declared_streams += verdict.side != Side::none ? 1 : 0;
  }
  EXPECT_GT(declared_streams, 60);
}

TEST(conversions, anytime_p_agrees_with_the_decision) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const std::vector<ConversionTick> ticks = stream(seed, 0.1, seed % 2 == 0 ? 0.1 : 0.16, 50, 25);
    const bool declared_now = judge_conversions(ticks, {}).side != Side::none;
    EXPECT_EQ(conversions_anytime_p(ticks, {}) <= 0.05, declared_now) << seed;
  }
}

// By construction the paths beyond the limits weigh at most alpha: 20 batches of a 9:1 split with a drifting base rate.
TEST(conversions, the_error_never_exceeds_its_budget) {
  ConversionWalk walk({0.05, 0.005});
  for (int k = 1; k <= 20; ++k) {
    const double t = k / 10.0;
    const ConversionLimits limits = walk.advance({100, 10, 3 + k % 5, 0, t, 0});
    EXPECT_LE(limits.spent_up + limits.spent_low, ErrorBudget{}.spent_by(t));
    EXPECT_LT(limits.lower, limits.upper);
  }
  EXPECT_LT(ErrorBudget{}.spent_by(1000), 0.05);
  EXPECT_EQ(ErrorBudget{}.spent_by(0), 0);
}

TEST(conversions, a_change_of_split_between_ticks_is_no_effect) {
  // 1 % of users in B at a rate of 2 %, then 50 % at 6 %: totals differ threefold, no tick does.
  std::vector<ConversionTick> ramp;
  for (int k = 1; k <= 10; ++k) ramp.push_back({10000, 100, 200, 2, k / 20.0, 0});
  for (int k = 11; k <= 20; ++k) ramp.push_back({10000, 5000, 600, 300, k / 20.0, 1});
  const ConversionVerdict verdict = judge_conversions(ramp, {});
  EXPECT_EQ(verdict.side, Side::none);
  EXPECT_TRUE(verdict.ratio.contains(1));
}

// Neighbouring totals taken together move a limit by a small part of a standard deviation, and no more.
TEST(conversions, grouped_totals_give_the_limits_of_the_exact_walk) {
  ConversionWalk exact({0.05, 0.005}, 1'000'000);
  ConversionWalk grouped({0.05, 0.005}, 256);
  double variance = 0;
  for (int k = 1; k <= 200; ++k) {
    const ConversionTick tick{
        k % 3 == 0 ? 400 : 90, k % 3 == 0 ? 130 : 30, k % 3 == 0 ? 90 + k % 7 : 20, 0, k / 180.0, 0};
    const ConversionLimits a = exact.advance(tick);
    const ConversionLimits b = grouped.advance(tick);
    variance += conversion_score(std::span(&tick, 1)).variance;
    const double allowed = 1 + 0.05 * std::sqrt(variance);
    EXPECT_NEAR(static_cast<double>(a.upper), static_cast<double>(b.upper), allowed) << k;
    EXPECT_NEAR(static_cast<double>(a.lower), static_cast<double>(b.lower), allowed) << k;
  }
}

TEST(conversions, the_limits_of_large_counts_are_those_of_the_normal_twin) {
  std::vector<ConversionTick> many;
  for (int k = 1; k <= 50; ++k) many.push_back({40000, 20000, 16000, 8000 + 120, k / 50.0, 0});
  const ConversionVerdict large = judge_conversions(many, {});
  EXPECT_EQ(large.side, Side::better);
  EXPECT_GT(large.ratio.low, 1);
  EXPECT_GT(large.difference.low, 0);
  // The spending form and the calibrated boundary are one shape: the last limits lie close to b(1) = 2.978.
  const double sd = std::sqrt(conversion_score(many).variance);
  const double expected = 50 * 8000.0;
  ConversionWalk walk({0.05, 0.005});
  ConversionLimits limits;
  for (ConversionTick tick : many) {
    tick.conversions_b = 8000;
    limits = walk.advance(tick);
  }
  EXPECT_NEAR((static_cast<double>(limits.upper) - expected) / sd, 2.978, 0.12);
  EXPECT_NEAR((static_cast<double>(limits.lower) - expected) / sd, -2.978, 0.12);
}

TEST(conversions, the_difference_is_tested_as_the_ratio_is) {
  const std::vector<ProportionStratum> strata{{{40, 400}, {65, 410}}, {{9, 900}, {3, 100}}};
  const std::vector<RatioStratum> same{{400, 410, 40, 65}, {900, 100, 9, 3}};
  EXPECT_NEAR(difference_score(strata, 0), ratio_score(same, 1), 1e-12);
  const Interval interval = difference_interval(strata, 2.5, 2);
  EXPECT_NEAR(difference_score(strata, interval.low), 2.5, 1e-9);
  EXPECT_NEAR(difference_score(strata, interval.high), -2, 1e-9);
  EXPECT_EQ(difference_interval(strata, infinity, infinity), (Interval{-1, 1}));
}

TEST(conversions, nothing_to_judge_is_said_by_name) {
  EXPECT_EQ(judge_conversions({}, {}).status, Status::no_data);
  const std::vector<ConversionTick> none{{100, 50, 0, 0, 0.5, 0}};
  EXPECT_EQ(judge_conversions(none, {}).status, Status::insufficient_data);
  EXPECT_TRUE(std::isnan(conversion_score(none).corrected_z()));
}

MeanStratum skewed(Draws& draws, double effect) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 400; ++i) {
    const double u = draws.uniform();
    const double value = -std::log1p(-u) * (1 + 4 * draws.uniform());
    (i % 4 == 0 ? b : a).push_back(i % 4 == 0 ? value * effect : value);
  }
  return {moments(a), moments(b)};
}

TEST(two_keys, declared_exactly_when_both_intervals_exclude_no_effect) {
  int declared_streams = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Draws draws(seed);
    std::vector<MeanStratum> strata;
    for (std::uint64_t i = 0; i <= seed % 3; ++i) strata.push_back(skewed(draws, seed % 2 == 0 ? 1.0 : 1.7));
    const int side = declared(keys(strata), 2.9);
    const Interval difference = keys_difference_interval(strata, 2.9);
    const Interval ratio = keys_ratio_interval(strata, 2.9);
    EXPECT_EQ(side != 0, !difference.contains(0)) << seed;
    EXPECT_EQ(side != 0, !ratio.contains(1)) << seed;
    declared_streams += side != 0 ? 1 : 0;
  }
  EXPECT_GT(declared_streams, 20);
}

TEST(two_keys, swapping_the_arms_flips_both_keys) {
  Draws draws(3);
  const MeanStratum s = skewed(draws, 1.2);
  const Keys forth = keys(std::vector{s});
  const Keys back = keys(std::vector{MeanStratum{s.b, s.a}});
  EXPECT_NEAR(forth.first, -back.first, 1e-12);
  EXPECT_NEAR(forth.second, -back.second, 1e-12);
}

TEST(two_keys, a_pooled_variance_alone_does_not_declare_a_difference_of_means) {
  // Small arm with three times the spread: key 1 believes too much, key 2 does not.
  const std::vector strata{MeanStratum{{9500, 0, 9500, 0, 0}, {500, 0.3, 12500, 0, 0}}};
  const Keys result = keys(strata);
  EXPECT_GT(result.first, 3);
  EXPECT_LT(result.second, 3);
  EXPECT_EQ(declared(result, 3), 0);
}

TEST(two_keys, no_information_is_said_by_name) {
  EXPECT_EQ(keys({}).status, Status::no_data);
  const std::vector constant{MeanStratum{{10, 2, 0, 0, 0}, {10, 2, 0, 0, 0}}};
  EXPECT_EQ(keys(constant).status, Status::zero_variance);
  EXPECT_FALSE(keys_difference_interval(constant, 3).known());
  EXPECT_FALSE(keys_ratio_interval(constant, 3).known());
}

std::vector<ValueTick> value_stream(std::uint64_t seed, double effect, int ticks) {
  Draws draws(seed);
  std::vector<ValueTick> result;
  for (int k = 1; k <= ticks; ++k) {
    const std::size_t phase = k <= ticks / 3 ? 0 : 1;
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 30; ++i) {
      const bool in_b = i % (phase == 0 ? 10 : 2) == 0;
      const double value = -std::log1p(-draws.uniform()) + static_cast<double>(phase);
      (in_b ? b : a).push_back(in_b ? value * effect : value);
    }
    result.push_back({{moments(a), moments(b)}, 1.2 * k / ticks, phase});
  }
  return result;
}

TEST(values, a_side_is_declared_exactly_when_its_interval_and_its_p_say_so) {
  int declared_streams = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const double effect = seed % 4 == 0 ? 1.0 : seed % 4 == 1 ? 1.35 : seed % 4 == 2 ? 0.75 : 1.15;
    const ValueVerdict verdict = judge_values(value_stream(seed, effect, 40), {});
    EXPECT_EQ(verdict.status, Status::ok);
    EXPECT_EQ(verdict.side == Side::better, verdict.difference.low > 0) << seed;
    EXPECT_EQ(verdict.side == Side::worse, verdict.difference.high < 0) << seed;
    EXPECT_EQ(verdict.side != Side::none, !verdict.ratio.contains(1)) << seed;
    EXPECT_EQ(verdict.side != Side::none, values_anytime_p(verdict.evidence, {}) <= 0.05 + 1e-12) << seed;
    declared_streams += verdict.side != Side::none ? 1 : 0;
  }
  EXPECT_GT(declared_streams, 10);
}

TEST(values, nothing_is_declared_before_fifty_users_and_nothing_without_data) {
  EXPECT_EQ(judge_values(std::span<const ValueTick>{}, {}).status, Status::no_data);
  const MeanStratum clear{{40, 0, 39, 0, 0}, {40, 5, 39, 0, 0}};
  EXPECT_EQ(judge_values(std::vector{ValueTick{clear, 0.5, 0}}, {}).side, Side::none);
  EXPECT_EQ(values_anytime_p(-infinity, {}), 1);
  EXPECT_LT(values_anytime_p(20, {}), 1e-8);
}

}  // namespace
}  // namespace touchstone::stats
