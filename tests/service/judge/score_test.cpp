#include <algorithm>
#include <charconv>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/agreement.hpp"
#include "tests/service/judge/kinds.hpp"
#include "tests/service/judge/shared_data.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

/// So many units of a variant give this answer.
void answer(Stream& stream, std::string_view variant, int answer, int units) {
  for (int i = 0; i < units; ++i) {
    const std::string unit = std::string(variant) + std::to_string(answer) + "-" + std::to_string(i);
    stream.expose(unit, variant, kStart).happen(unit, "answer", kStart + 1h, answer);
  }
}

void say_nothing(Stream& stream, std::string_view variant, int units) {
  for (int i = 0; i < units; ++i) stream.expose(std::string(variant) + "-" + std::to_string(i), variant, kStart);
}

Report judged(const std::vector<storage::Metric>& metrics, const Stream& stream) {
  return judge(experiment({"a", "b"}, metrics), metrics, stream.events);
}

const Check& responses(const Report& report) { return *std::ranges::find(report.checks, "responses", &Check::code); }

double figure_named(const Check& check, std::string_view name) {
  return *std::ranges::find(check.figures, name, &Figure::name)->value;
}

/// 3 promoters, 2 passives, 5 detractors: -20; 4, 4, 2: +20. By hand: variances 10^4 (8 - 10 0.2^2)/9 = 8444.4..., and
/// 10^4 (6 - 10 0.2^2)/9 = 6222.2...
Stream ten_each() {
  Stream made;
  answer(made, "a", 9, 3);
  answer(made, "a", 7, 2);
  answer(made, "a", 0, 5);
  answer(made, "b", 10, 4);
  answer(made, "b", 8, 4);
  answer(made, "b", 6, 2);
  say_nothing(made, "a", 10);
  say_nothing(made, "b", 10);
  return made;
}

TEST(Score, NpsIsToldInPointsWithTheVarianceOfThreeAnswers) {
  const Row row = judged({nps()}, ten_each()).results.at(0);
  EXPECT_EQ(row.arms[0].mean, -20);
  EXPECT_EQ(row.arms[1].mean, 20);
  EXPECT_DOUBLE_EQ(*row.arms[0].variance, 76'000.0 / 9);
  EXPECT_DOUBLE_EQ(*row.arms[1].variance, 56'000.0 / 9);
  EXPECT_EQ(row.absolute.estimate, 40);
  EXPECT_EQ(row.relative.status, "not_relative");
  EXPECT_FALSE(row.relative.estimate);
  EXPECT_EQ(row.arms[0].units, 20U);
  EXPECT_EQ(row.arms[0].n, 10U);
  EXPECT_EQ(row.arms[0].answers, (std::vector<std::uint64_t>{5, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0}));
}

TEST(Score, CsatIsAShareOfThoseWhoAnswer) {
  Stream made;
  answer(made, "a", 5, 6);
  answer(made, "a", 3, 4);
  answer(made, "b", 4, 9);
  answer(made, "b", 1, 1);
  say_nothing(made, "b", 5);
  const Row row = judged({csat()}, made).results.at(0);
  EXPECT_EQ(row.arms[0].successes, 6U);
  EXPECT_EQ(row.arms[1].successes, 9U);
  EXPECT_EQ(row.arms[1].n, 10U);
  EXPECT_EQ(row.fixed.test, "two_proportion_z");
  EXPECT_EQ(row.posterior.model, "beta_binomial");
}

TEST(Score, AGuardrailsMarginIsInItsOwnUnit) {
  Stream made;
  answer(made, "a", 10, 400);
  answer(made, "a", 7, 400);
  answer(made, "b", 10, 400);
  answer(made, "b", 7, 400);
  storage::Experiment asked = experiment({"a", "b"}, {nps()});
  asked.plan.metrics[0].role = storage::MetricRole::guardrail;
  // se = sqrt(2 2503.1/800) = 2.50, so the interval is about +-4.9 points.
  asked.plan.metrics[0].margin = 5;
  EXPECT_EQ(judge(asked, std::vector{nps()}, made.events).results[0].conclusion, "safe");
  asked.plan.metrics[0].margin = 4.8;
  EXPECT_EQ(judge(asked, std::vector{nps()}, made.events).results[0].conclusion, "not_ruled_out");
}

TEST(Score, ResponseRatesAreBalancedOrTold) {
  EXPECT_EQ(responses(judged({nps()}, ten_each())).level, CheckLevel::ok);
  Stream made;
  answer(made, "a", 9, 100);
  say_nothing(made, "a", 100);
  answer(made, "b", 9, 100);
  answer(made, "b", 2, 60);
  say_nothing(made, "b", 40);
  const Report report = judged({nps()}, made);
  const Check& check = responses(report);
  EXPECT_EQ(check.level, CheckLevel::warn);
  EXPECT_EQ(check.metric, "nps");
  EXPECT_EQ(figure_named(check, "answers:b"), 160);
  // 60 answers of b are surplus: without its worst all promote, without its best 40 do and 60 do not.
  EXPECT_DOUBLE_EQ(figure_named(check, "high:b"), 0);
  EXPECT_DOUBLE_EQ(figure_named(check, "low:b"), -120);
}

TEST(Score, LooksAreTakenByAnswers) {
  storage::Metric asked = nps();
  asked.window.length = 1h + 1us;
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = {};
  Stream stream;
  for (int hour = 0; hour < 60; ++hour)
    for (int i = 0; i < 40; ++i) {
      const std::string unit = std::to_string(hour) + "-" + std::to_string(i);
      const Time at = kStart + std::chrono::hours(hour);
      stream.expose(unit, i % 2 == 0 ? "a" : "b", at);
      if (i < 10) stream.happen(unit, "answer", at + 1h, i % 2 == 0 ? 9 : (i + hour) % 4 == 0 ? 9 : 5);
    }
  stream.happen("later", "visit", kStart + 100h);
  const Row row = judge(made, std::vector{asked}, stream.events).results.at(0);
  EXPECT_EQ(row.always_valid.method, "two_keys");
  EXPECT_EQ(row.always_valid.immature_units, 0U);
  EXPECT_EQ(row.conclusion, "worse");
  EXPECT_TRUE(row.always_valid.decided_at);
}

/// Markets as variants, for the sake of the arithmetic: nobody drew them by lot.
class NpsBank : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = data_set("nps-bank");
    if (folder.empty()) GTEST_SKIP() << "no nps-bank data: set TOUCHSTONE_SHARED";
    yardstick_ = expected(folder);
    const std::string content = inflated(folder / "nps_responses.csv.gz");
    const auto rows = lines(content);
    Stream made;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const auto row = fields(rows[i]);
      double answer = 0;
      std::from_chars(row.at(3).data(), row.at(3).data() + row.at(3).size(), answer);
      made.expose(row.at(0), row.at(1), kStart).happen(row.at(0), "answer", kStart + 1h, answer);
    }
    report_ = judge(experiment({"UK", "MEX", "US"}, {nps()}), std::vector{nps()}, made.events);
  }
  nlohmann::json yardstick_;
  Report report_;
};

TEST_F(NpsBank, AgreesWithTheRecomputedFigures) {
  for (const Row& row : report_.results) {
    const auto& market = yardstick_["by_market"][row.variant];
    expect_close(row.arms[1].mean, market["nps_points"], kFromCounts, row.variant);
    const double n = market["n"].get<double>();  // the yardstick divides by n, a sample variance by n - 1
    const double se = std::sqrt(*row.arms[1].variance / n * (n - 1) / n);
    EXPECT_NEAR(se, market["se_points"].get<double>(), 1e-9);
    const auto& told = row.arms[1].answers;
    EXPECT_EQ(told[9] + told[10], market["promoters"].get<std::uint64_t>());
    EXPECT_EQ(told[7] + told[8], market["passives"].get<std::uint64_t>());
  }
}

/// Welch on 100, 0, -100 with the counts of expected.json, by mpmath at 40 digits.
TEST_F(NpsBank, MexicoAgainstTheUnitedKingdom) {
  const Row& row = report_.results.at(0);
  ASSERT_EQ(row.variant, "MEX");
  EXPECT_NEAR(*row.absolute.estimate, 8.612901406067102, 1e-12);
  EXPECT_NEAR(*row.se, 3.0294594499693219, 1e-12);
  EXPECT_NEAR(*row.fixed.statistic, 2.8430489162528058, 1e-12);
  EXPECT_NEAR(*row.fixed.df, 3364.9146866558882, 1e-8);
  EXPECT_NEAR(*row.fixed.p, 0.0044953595709645725, 1e-12);
  EXPECT_NEAR(*row.absolute.low, 2.6731334614661703, 1e-9);
  EXPECT_NEAR(*row.absolute.high, 14.552669350668034, 1e-9);
}

}  // namespace
}  // namespace touchstone::judge
