#include "service/judge/families.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "service/judge/watch.hpp"
#include "stats/fixed/dunnett.hpp"
#include "stats/multiplicity.hpp"
#include "stats/sequential/strict.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::GoalCorrection;
using storage::MetricKind;
using storage::MetricRole;
using storage::SecondaryCorrection;

storage::Metric bought() { return within(metric("bought", MetricKind::proportion, "buy"), 0h, 1h); }
storage::Metric spent() { return within(metric("spent", MetricKind::sum, "buy"), 0h, 1h); }

/// 300 units of each of a, b, c and d in turn, ten an hour; of a hundred 10, 13, 17 and 20 buy, for 1 to 9.
Stream shoppers() {
  constexpr int rates[]{10, 13, 17, 20};
  Stream made;
  for (int i = 0; i < 1200; ++i) {
    const auto arm = static_cast<std::size_t>(i % 4);
    const std::string unit = "u" + std::to_string(i);
    const Time at = kStart + (i / 10) * 1h;
    made.expose(unit, std::string(1, "abcd"[arm]), at);
    if (i / 4 * 37 % 100 < rates[arm]) made.happen(unit, "buy", at + 1min, 1 + i % 9);
  }
  made.happen("clock", "other", kStart + 200h);
  return made;
}

storage::Experiment asked(const std::vector<storage::Metric>& metrics, const storage::MethodRef& method,
                          const storage::Corrections& corrections) {
  storage::Experiment made = experiment({"a", "b", "c", "d"}, metrics);
  made.plan.method = method;
  made.plan.corrections = corrections;
  return made;
}

const storage::MethodRef kOneLook{"fixed-horizon", 1};
constexpr storage::Corrections kDunnett{GoalCorrection::dunnett, SecondaryCorrection::benjamini_hochberg};

Report judged(const std::vector<storage::Metric>& metrics, const storage::Corrections& corrections) {
  return judge(asked(metrics, kOneLook, corrections), metrics, shoppers().events);
}

/// Equal sizes and one variance under no effect: every two statistics correlate by a half.
TEST(Families, DunnettAsksForTheLargestOfAGoalsTreatments) {
  const Report report = judged({bought()}, kDunnett);
  const stats::ManyToOne law{std::vector<double>(3, std::sqrt(0.5)), stats::infinity};
  for (const Row& row : report.results) {
    EXPECT_NEAR(*row.fixed.p_adjusted, stats::many_to_one_upper(law, std::abs(*row.fixed.statistic)), 1e-12);
    EXPECT_EQ(row.fixed.correction, "dunnett");
    EXPECT_GT(*row.fixed.p_adjusted, *row.fixed.p);
    EXPECT_LT(*row.fixed.p_adjusted, 3 * *row.fixed.p) << "sharper than Bonferroni";
  }
  EXPECT_EQ(report.plan.corrections, kDunnett);
}

TEST(Families, DunnettOfMeansTakesTheVarianceOfEachArm) {
  const Report report = judged({spent()}, kDunnett);
  stats::ManyToOne law;
  for (const Row& row : report.results) {
    const double a = *row.arms[0].variance / static_cast<double>(row.arms[0].n);
    const double b = *row.arms[1].variance / static_cast<double>(row.arms[1].n);
    law.lambda.push_back(std::sqrt(a / (a + b)));
    law.df = std::min(law.df, *row.fixed.df);
  }
  for (const Row& row : report.results)
    EXPECT_NEAR(*row.fixed.p_adjusted, stats::many_to_one_upper(law, std::abs(*row.fixed.statistic)), 1e-12);
}

TEST(Families, GoalsShareAlphaByBonferroniBesideDunnett) {
  const Report one = judged({bought()}, kDunnett);
  const Report two = judged({bought(), spent()}, kDunnett);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(*two.results[i].fixed.p_adjusted, std::min(1.0, 2 * *one.results[i].fixed.p_adjusted), 1e-12);
}

TEST(Families, DunnettIsBonferroniWherePhasesDiffer) {
  const std::vector metrics{bought()};
  storage::Experiment ramp = asked(metrics, kOneLook, kDunnett);
  ramp.phases.front().ended_at = kStart + 40h;
  ramp.phases.push_back(ramp.phases.front());
  ramp.phases.back().started_at = kStart + 40h;
  ramp.phases.back().ended_at.reset();
  for (const Row& row : judge(ramp, metrics, shoppers().events).results) {
    EXPECT_NEAR(*row.fixed.p_adjusted, std::min(1.0, 3 * *row.fixed.p), 1e-12);
    EXPECT_EQ(row.fixed.correction, "bonferroni");
  }
}

/// A claim that Holm does not let pass and Dunnett does: the p that a verdict asks is the plan's.
TEST(Families, TheVerdictFollowsThePlan) {
  const Report holm = judged({bought()}, {});
  const Report dunnett = judged({bought()}, kDunnett);
  EXPECT_TRUE(holm.results.at(2).fixed.correction.empty());
  std::vector<double> p;
  for (const Row& row : holm.results) p.push_back(*row.fixed.p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(*holm.results[i].fixed.p_adjusted, adjusted[i]);
    EXPECT_EQ(dunnett.results[i].conclusion == "better", *dunnett.results[i].fixed.p_adjusted <= 0.05);
  }
}

TEST(Families, ArmsWithoutUnitsAreNoTests) {
  const std::vector metrics{bought()};
  Stream stream;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = "u" + std::to_string(i);
    stream.expose(unit, i % 2 == 0 ? "a" : "b", kStart + 1min);
    if (i % 5 == 0 || (i % 2 == 1 && i % 3 == 0)) stream.happen(unit, "buy", kStart + 2min);
  }
  const Report report = judge(asked(metrics, kOneLook, kDunnett), metrics, stream.events);
  EXPECT_NEAR(*report.results.at(0).fixed.p_adjusted, *report.results.at(0).fixed.p, 1e-12) << "alone in its family";
  EXPECT_FALSE(report.results.at(1).fixed.p_adjusted);
}

/// The mean of both sides' e-values of one look, which are the tilt's of its counts.
double log_e_of(const Row& row) {
  const auto n = [&](std::size_t arm) { return static_cast<std::int64_t>(row.arms.at(arm).n); };
  const auto bought = [&](std::size_t arm) { return static_cast<std::int64_t>(*row.arms.at(arm).successes); };
  stats::ConversionTilt walk(std::sqrt(32.85 / (kUsualUnits * 0.25 * 0.25)));  // tau of an even split and sd 1/2
  walk.add({n(0) + n(1), n(1), bought(0) + bought(1), bought(1), 0, 0});
  return std::log((std::exp(walk.evidence().log_e_up) + std::exp(walk.evidence().log_e_down)) / 2);
}

TEST(Families, SecondariesOfAStrictPlanShareByEValues) {
  const std::vector metrics{bought(), within(metric("back", MetricKind::retention, "buy"), 0h, 1h)};
  storage::Experiment strict = asked(metrics, {"strict", 1}, {{}, SecondaryCorrection::e_benjamini_hochberg});
  for (storage::PlanMetric& part : strict.plan.metrics) part.role = MetricRole::secondary;
  strict.plan.tick = 240h;
  Stream stream = shoppers();
  stream.happen("clock", "other", kStart + 300h);
  const Report report = judge(strict, metrics, stream.events);
  std::vector<double> log_e;
  for (const Row& row : report.results) log_e.push_back(log_e_of(row));
  const std::vector<double> expected = stats::e_benjamini_hochberg(log_e);
  ASSERT_EQ(expected.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(*report.results[i].always_valid.p_adjusted, expected[i], 1e-9) << i;
    EXPECT_LE(*report.results[i].fixed.p_adjusted, 1);
  }
  EXPECT_LT(*std::ranges::min_element(expected), 1);
}

}  // namespace
}  // namespace touchstone::judge
