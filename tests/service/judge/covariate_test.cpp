#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

/// Spend within a day, with the spend of the seven days before.
storage::Metric spend() {
  storage::Metric made = within(metric("spend", MetricKind::sum, "buy"), 0h, 24h);
  made.covariate = 168h;
  return made;
}

Report judged(const storage::Metric& asked, const Stream& stream, const storage::MethodRef& method) {
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = method;
  return judge(made, std::vector{asked}, stream.events);
}

const storage::MethodRef kOneLook{"fixed-horizon", 1};

/// 49 units whose figures and covariates are those of tests/stats/covariate_test.cpp.
Stream shoppers() {
  constexpr double control[][2]{{3, 1}, {5, 4}, {0, 0}, {9, 7}, {4, 2}};
  constexpr double treatment[][2]{{6, 2}, {8, 5}, {1, 0}, {12, 6}};
  Stream made;
  const auto enter = [&](const std::string& unit, std::string_view variant, const double(&spent)[2]) {
    if (spent[1] > 0) made.happen(unit, "buy", kStart + 190h, spent[1]);
    made.expose(unit, variant, kStart + 200h);
    if (spent[0] > 0) made.happen(unit, "buy", kStart + 201h, spent[0]);
  };
  for (int i = 0; i < 25; ++i) enter("a" + std::to_string(i), "a", control[i % 5]);
  for (int i = 0; i < 24; ++i) enter("b" + std::to_string(i), "b", treatment[i % 4]);
  made.happen("clock", "other", kStart + 300h);
  return made;
}

// Slope, correlation and adjusted means in exact fractions: see tests/stats/covariate_test.cpp.
TEST(Covariate, TakesOutWhatItForetells) {
  const Report report = judged(spend(), shoppers(), kOneLook);
  const Row& row = report.results.at(0);
  ASSERT_TRUE(row.covariate);
  EXPECT_EQ(row.covariate->status, "ok");
  EXPECT_NEAR(*row.covariate->slope, 1.3545611015490533, 1e-12);
  EXPECT_NEAR(*row.covariate->correlation, 0.9500833721244614, 1e-12);
  EXPECT_NEAR(*row.arms[0].mean, 4.498556324423057, 1e-12);
  EXPECT_NEAR(*row.arms[1].mean, 6.4390038287259825, 1e-12);
  EXPECT_NEAR(*row.absolute.estimate, 6.4390038287259825 - 4.498556324423057, 1e-12);
  EXPECT_NEAR(*row.covariate->absolute.estimate, 6.75 - 4.2, 1e-12);
  EXPECT_GT(*row.covariate->variance_reduction, 0.8);
  EXPECT_EQ(row.covariate->without_history, (std::array<std::uint64_t, 2>{5, 6}));
  EXPECT_NEAR(*row.covariate->mean[0], 2.8, 1e-12);
  EXPECT_EQ(row.fixed.test, "welch_t");
  EXPECT_EQ(report.plan.metrics.at(0).covariate, 168h);
  EXPECT_NE(report.plan.metrics.at(0).words.find("7 days before its first exposure"), std::string::npos);
}

TEST(Covariate, OfOneLookAndOfManyTellTheSameMeans) {
  const Row once = judged(spend(), shoppers(), kOneLook).results.at(0);
  const Row watched = judged(spend(), shoppers(), {}).results.at(0);
  EXPECT_EQ(watched.always_valid.method, "two_keys");
  EXPECT_EQ(watched.arms[1].mean, once.arms[1].mean);
  EXPECT_EQ(watched.covariate, once.covariate);
}

/// What a unit did with its variant in sight, or too long ago, is no covariate.
TEST(Covariate, IsOfTheLookBackAlone) {
  const auto covariate_of = [](Time bought) {
    Stream stream;
    stream.happen("u", "buy", bought, 5).expose("u", "a", kStart + 200h).expose("v", "b", kStart + 200h);
    const Row row = judged(spend(), stream.happen("clock", "other", kStart + 300h), kOneLook).results.at(0);
    return row.covariate->mean[0].value_or(-1);
  };
  EXPECT_EQ(covariate_of(kStart + 200h - 1us), 5);
  EXPECT_EQ(covariate_of(kStart + 200h), 0) << "at the exposure";
  EXPECT_EQ(covariate_of(kStart + 201h), 0) << "in the window";
  EXPECT_EQ(covariate_of(kStart + 32h), 5) << "the look-back's first instant";
  EXPECT_EQ(covariate_of(kStart + 32h - 1us), 0);
}

TEST(Covariate, ThatIsTheSameForAllTakesNothingOut) {
  Stream stream;
  for (int i = 0; i < 60; ++i) {
    const std::string unit = std::to_string(i);
    stream.expose(unit, i % 2 == 0 ? "a" : "b", kStart + 200h).happen(unit, "buy", kStart + 201h, 1 + i % 7);
  }
  stream.happen("clock", "other", kStart + 300h);
  const Row row = judged(spend(), stream, kOneLook).results.at(0);
  EXPECT_EQ(row.covariate->status, "covariate_constant");
  EXPECT_FALSE(row.covariate->slope);
  EXPECT_EQ(row.absolute, row.covariate->absolute);
  EXPECT_EQ(row.covariate->without_history, (std::array<std::uint64_t, 2>{30, 30}));
  storage::Metric blind = spend();
  blind.covariate.reset();
  EXPECT_EQ(judged(blind, stream, kOneLook).results.at(0).absolute, row.absolute);
}

TEST(Covariate, OfAProportionIsJudgedAsAMean) {
  storage::Metric asked = within(metric("bought", MetricKind::proportion, "buy"), 0h, 24h);
  asked.covariate = 168h;
  const Row row = judged(asked, shoppers(), {}).results.at(0);
  EXPECT_EQ(row.always_valid.method, "two_keys");
  EXPECT_EQ(row.arms[0].successes, 20U);
  EXPECT_EQ(row.posterior.model, "normal");
  EXPECT_NEAR(*row.covariate->mean[0], 0.8, 1e-12);
}

const Check& pre_period(const Report& report) { return *std::ranges::find(report.checks, "pre_period", &Check::code); }

/// Four hundred units, of whom those who get the treatment spent more before by `surplus` standard deviations.
Stream history(double surplus) {
  Draws draws(7);
  Stream made;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = std::to_string(i);
    const Time at = kStart + 200h + std::chrono::minutes(i);
    made.happen(unit, "buy", at - 1h, 20 + draws.normal() + (i % 2 == 0 ? 0 : surplus));
    made.expose(unit, i % 2 == 0 ? "a" : "b", at);
  }
  made.happen("clock", "other", kStart + 300h);
  return made;
}

TEST(PrePeriod, WarnsWhereTheGroupsWereUnlikeToBeginWith) {
  for (const storage::MethodRef& method : {kOneLook, storage::MethodRef{}, storage::MethodRef{"always-valid", 1}}) {
    const Report alike = judged(spend(), history(0), method);
    EXPECT_EQ(pre_period(alike).level, CheckLevel::ok) << method.id;
    EXPECT_GT(*pre_period(alike).value, 0.001);
    const Report unlike = judged(spend(), history(1), method);
    EXPECT_EQ(pre_period(unlike).level, CheckLevel::warn) << method.id;
    EXPECT_LT(*pre_period(unlike).value, 0.001);
    EXPECT_EQ(pre_period(unlike).metric, "spend");
  }
}

TEST(PrePeriod, WithoutUnitsThereIsNothingToSay) {
  const Report report = judged(spend(), Stream().expose("u", "a", kStart + 200h), {});
  EXPECT_FALSE(pre_period(report).value);
  EXPECT_EQ(pre_period(report).status, "insufficient_data");
  EXPECT_EQ(pre_period(report).level, CheckLevel::ok);
}

}  // namespace
}  // namespace touchstone::judge
