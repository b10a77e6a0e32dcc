#include "service/simulate/repetition.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "service/simulate/figures.hpp"
#include "service/simulate/pool.hpp"
#include "stats/planning/sample_size.hpp"

/// Whole analyses played through the judge, against what is known of them. Seeds are fixed; allowances are 4.5 standard
/// errors.
namespace touchstone::simulate {
namespace {

constexpr std::size_t kCourses = 400;

double allowance(double share) { return 4.5 * std::sqrt(share * (1 - share) / static_cast<double>(kCourses)); }

storage::Plan plan(const std::string& method, std::size_t goals = 1) {
  storage::Plan plan;
  plan.method = {method, method == "always-valid" ? 2U : 1U};
  for (std::size_t goal = 0; goal < goals; ++goal)
    plan.metrics.push_back({"goal" + std::to_string(goal), 1, storage::MetricRole::goal, {}});
  return plan;
}

Trial tried(const Figures& figures, const std::string& method, std::uint64_t units, std::vector<Stage> stages = {{}}) {
  return trial(plan(method), {metric_of(figures, "goal0")}, std::move(stages), units, 50);
}

/// Of one metric, whose mean treatments multiply.
Behaviour behaviour(const Figures& figures, double factor) {
  return [=](const Entrant& who, Random& random, std::vector<judge::Amount>& amounts) {
    const Drawn unit = drawn(figures, who.variant > 0 ? factor : 1, random);
    amounts.front() = unit.amount;
    if (amounts.size() > 1) amounts.back() = unit.denominator;
  };
}

Summary played(const Trial& trial, const Behaviour& doing, Change planted) {
  std::vector<Repetition> all;
  for (std::size_t i = 0; i < kCourses; ++i) all.push_back(repetition(trial, doing, planted, Random(7, i)));
  return summary(all);
}

const Figures kRate{.kind = Kind::rate, .mean = 0.1};

TEST(Repetition, OneLookIsWrongInAlpha) {
  const Summary made = played(tried(kRate, "fixed-horizon", 2000), behaviour(kRate, 1), Change::none);
  EXPECT_NEAR(made.claimed.mean, 0.05, allowance(0.05));
  EXPECT_EQ(made.units.mean, 2000) << "it is taken at the end, whatever it says";
}

// 20 looks at .05: .248 (Armitage, McPherson and Rowe 1969, table 2); on normal data .247 (simulation anchors).
TEST(Repetition, PeekingTwentyTimesIsWrongInAQuarter) {
  const Trial trial = tried(kRate, "fixed-horizon", 4000);
  const Behaviour same = behaviour(kRate, 1);
  int wrong = 0;
  for (std::size_t i = 0; i < kCourses; ++i) wrong += claimed_by_peeking(trial, same, 20, Random(7, i)) ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(wrong) / kCourses, 0.248, allowance(0.248));
}

TEST(Repetition, AlwaysValidKeepsItsErrorThroughRampAndDrift) {
  const Behaviour moving = [](const Entrant& who, Random& random, std::vector<judge::Amount>& amounts) {
    amounts.front() = drawn(kRate, 1 + 2 * who.when, random).amount;
  };
  const Trial ramped = tried(kRate, "always-valid", 2000, {{0.3, {95, 5}}, {1, {50, 50}}});
  EXPECT_LE(played(ramped, moving, Change::none).claimed.mean, 0.05 + allowance(0.05));
}

// What the closed form plans for is what happens.
TEST(Repetition, FindsWhatWasPlannedFor) {
  const double units = stats::units_for({true, 0.1, 0.09, 1}, {}, 0.03, stats::fixed_horizon_drift(0.8, 0.05));
  const auto whole = static_cast<std::uint64_t>(units);
  const Summary once = played(tried(kRate, "fixed-horizon", whole), behaviour(kRate, 1.3), Change::rise);
  EXPECT_NEAR(once.found.mean, 0.8, allowance(0.8));
  EXPECT_LE(once.wrong_sign.mean, allowance(0.001));
  const stats::SizeAnswer planned =
      stats::answer({.baseline = {true, 0.1, 0.09, 1}, .allocation = {}, .difference = 0.03, .units = units});
  const Summary watched = played(tried(kRate, "always-valid", whole), behaviour(kRate, 1.3), Change::rise);
  EXPECT_NEAR(watched.found.mean, planned.power, allowance(0.7) + 0.03);
  EXPECT_NEAR(watched.units.mean / planned.expected_with_effect, 1, 0.1);
}

TEST(Repetition, CountsADropAsWhatWasPlanted) {
  const Trial trial = tried(kRate, "always-valid", 3000);
  EXPECT_GE(played(trial, behaviour(kRate, 0.5), Change::drop).found.mean, 0.9);
  EXPECT_GE(played(trial, behaviour(kRate, 0.5), Change::rise).wrong_sign.mean, 0.9);
}

/// The first claim among several comparisons is found by halving: with one comparison it is the judge's own.
TEST(Repetition, FindsTheFirstClaimAmongSeveral) {
  Trial trial = simulate::trial(plan("always-valid", 1), {metric_of(kRate, "goal0")}, {{1, {1, 1, 1}}}, 4500, 50);
  const Behaviour strong = behaviour(kRate, 2);
  const Repetition made = repetition(trial, strong, Change::rise, Random(7, 1));
  ASSERT_TRUE(made.claimed);
  ASSERT_LT(made.units, trial.units);
  Course before(trial, strong, Random(7, 1));
  before.enter(made.units - trial.units / 50);
  const auto claims = [](const judge::Report& report) {
    return std::ranges::any_of(report.results, [](const judge::Row& row) { return row.conclusion == "better"; });
  };
  EXPECT_FALSE(claims(before.report()));
  before.enter(made.units);
  EXPECT_TRUE(claims(before.report()));
}

struct Moments {
  double mean = 0;
  double deviation = 0;
  double skewness = 0;
};
Moments moments(const Figures& figures) {
  constexpr int units = 200'000;
  Random random(11);
  double sum = 0;
  double squares = 0;
  double cubes = 0;
  for (int i = 0; i < units; ++i) {
    const double off = static_cast<double>(drawn(figures, 1, random).amount.value) / 1e6 - figures.mean;
    sum += off;
    squares += off * off;
    cubes += off * off * off;
  }
  const double deviation = std::sqrt(squares / units);
  return {figures.mean + sum / units, deviation, cubes / units / std::pow(deviation, 3)};
}

// Skewness 0, 2 c and 3 c + c^3 of a coefficient of variation c = .5.
TEST(Figures, HaveTheMomentsThatWereAskedFor) {
  const std::vector<std::pair<Shape, double>> shapes{{Shape::normal, 0}, {Shape::gamma, 1}, {Shape::lognormal, 1.625}};
  for (const auto& [shape, skewness] : shapes) {
    const Moments made = moments({.kind = Kind::values, .mean = 20, .deviation = 10, .shape = shape});
    EXPECT_NEAR(made.mean, 20, 0.1);
    EXPECT_NEAR(made.deviation, 10, 0.1);
    EXPECT_NEAR(made.skewness, skewness, 0.12);
  }
  const Moments rare = moments({.kind = Kind::values, .mean = 1, .deviation = 5, .paying = 0.1});
  EXPECT_NEAR(rare.mean, 1, 0.05);
  EXPECT_NEAR(rare.deviation, 5, 0.25);
}

TEST(Figures, SayWhatContradictsItself) {
  EXPECT_TRUE(contradiction({.kind = Kind::values, .mean = -1, .deviation = 2}));
  EXPECT_TRUE(contradiction({.kind = Kind::values, .mean = 1, .deviation = 1, .paying = 0.1}));
  EXPECT_TRUE(contradiction({.kind = Kind::ratio, .mean = 0.7}));
  EXPECT_FALSE(contradiction({.kind = Kind::values, .mean = -1, .deviation = 2, .shape = Shape::normal}));
  EXPECT_FALSE(contradiction(kRate));
}

TEST(Figures, MakeMetricsOfAllKindsThatAreJudged) {
  for (const Figures& figures : {Figures{.kind = Kind::rate, .mean = 0.3, .answering = 0.5},
                                 Figures{.kind = Kind::values, .mean = 3, .deviation = 3, .answering = 0.5},
                                 Figures{.kind = Kind::ratio, .mean = 0.3}}) {
    const Trial trial = tried(figures, "always-valid", 2000);
    const Behaviour usual = behaviour(figures, 1);
    Course course(trial, usual, Random(3));
    course.enter(2000);
    const judge::Row row = course.report().results.front();
    EXPECT_EQ(row.status, "ok");
    EXPECT_NEAR(*row.arms[0].mean, figures.mean, 0.3);
  }
}

Pool pool_of_ones(std::uint64_t ones, std::uint64_t units) {
  Pool pool{1, {}};
  for (std::uint64_t unit = 0; unit < units; ++unit) pool.amounts.push_back(yes(unit * ones % units < ones));
  return pool;
}

TEST(Pool, IsPlayedUnitByUnitOrDrawnFrom) {
  const Pool pool = pool_of_ones(200, 1000);
  EXPECT_NEAR(moments_of(pool, 0).mean, 0.2, 1e-12);
  EXPECT_NEAR(moments_of(pool, 0).variance, 0.16 * 1000 / 999, 1e-12);
  const Trial each = tried(kRate, "fixed-horizon", 1000);
  const Behaviour once = behaviour_of(pool, each, 1, true);
  Course course(each, once, Random(5));
  course.enter(1000);
  const auto rows = course.report().results;
  EXPECT_EQ(*rows[0].arms[0].successes + *rows[0].arms[1].successes, 200U);
}

TEST(Pool, GivesTreatedUnitsTheirChange) {
  const Pool pool = pool_of_ones(200, 1000);
  const Trial many = tried(kRate, "fixed-horizon", 40'000, {{1, {1, 9}}});
  for (const double factor : {0.7, 1.4}) {
    const Behaviour changed = behaviour_of(pool, many, factor, false);
    Course course(many, changed, Random(5));
    course.enter(40'000);
    EXPECT_NEAR(*course.report().results[0].arms[1].mean, 0.2 * factor, 4.5 * std::sqrt(0.16 / 36'000));
  }
}

}  // namespace
}  // namespace touchstone::simulate
