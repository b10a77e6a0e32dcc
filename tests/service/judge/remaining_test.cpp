#include "service/judge/remaining.hpp"

#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/service/judge/season.hpp"

namespace touchstone::judge {
namespace {

/// Three days of 60 units an hour without an effect.
const Season kQuiet{.looks = 72, .users = 60};

Report report_on(const Season& season, const storage::Experiment& experiment) {
  const Cells cells = Simulation(season, "remaining").cells();
  return report(experiment, season.metrics(), cells, {{}, season.end_of(season.looks - 1)}, {});
}

storage::Experiment planned(const Season& season, double smallest_effect) {
  storage::Experiment experiment = season.experiment();
  experiment.plan.smallest_effect = smallest_effect;
  return experiment;
}

// (3.46447/delta)^2 (pA (1 - pA) 2 + pB (1 - pB) 2), the drift of a power of .8 by the recursion over 500 ticks.
TEST(Remaining, TellsUnitsAndDaysUntilTheSmallestEffectIsFound) {
  const Report made = report_on(kQuiet, planned(kQuiet, 0.1));
  ASSERT_TRUE(made.remaining && made.remaining->smallest);
  const double a = *made.results[0].arms[0].mean;
  const double b = 1.1 * a;
  const double all = std::pow(3.46447 / (b - a), 2) * 2 * (a * (1 - a) + b * (1 - b));
  EXPECT_NEAR(made.remaining->smallest->units, all - 72 * 60, 1e-3 * all);
  EXPECT_NEAR(*made.remaining->units_per_day, 1440, 1e-9);
  EXPECT_NEAR(*made.remaining->smallest->days, made.remaining->smallest->units / 1440 + 1.0 / 24, 1e-9);
  EXPECT_EQ(made.remaining->metric, "bought");
}

TEST(Remaining, GivesARangeWithoutAnEndWhileNoChangeIsPossible) {
  const Report made = report_on(kQuiet, planned(kQuiet, 0.1));
  ASSERT_TRUE(made.remaining && made.remaining->seen && made.remaining->soonest);
  EXPECT_FALSE(made.remaining->latest);
  EXPECT_LT(made.remaining->soonest->units, made.remaining->seen->units);
  const Interval& interval = made.results[0].always_valid.relative;
  EXPECT_EQ(made.remaining->seen->change, *interval.estimate);
  EXPECT_TRUE(made.remaining->soonest->change == *interval.low || made.remaining->soonest->change == *interval.high);
}

TEST(Remaining, PromisesNoDaysBeforeTrafficIsKnown) {
  const Season short_one{.looks = 20, .users = 60};
  const Report made = report_on(short_one, planned(short_one, 0.1));
  ASSERT_TRUE(made.remaining && made.remaining->smallest);
  EXPECT_FALSE(made.remaining->units_per_day);
  EXPECT_FALSE(made.remaining->smallest->days);
  storage::Experiment closed = planned(kQuiet, 0.1);
  closed.enrolling = false;
  EXPECT_FALSE(report_on(kQuiet, closed).remaining->units_per_day);
}

TEST(Remaining, SaysWhatThePlanLeavesOpen) {
  const Report made = report_on(kQuiet, kQuiet.experiment());
  ASSERT_TRUE(made.remaining);
  EXPECT_FALSE(made.remaining->smallest);
  EXPECT_TRUE(made.remaining->seen);
}

TEST(Remaining, IsNothingWhereAllIsSaid) {
  Season season = kQuiet;
  season.effect = 2;
  EXPECT_FALSE(report_on(season, planned(season, 0.1)).remaining) << "a change was found";
  storage::Experiment stopped = planned(kQuiet, 0.1);
  stopped.state = storage::ExperimentState::stopped;
  EXPECT_FALSE(report_on(kQuiet, stopped).remaining);
}

TEST(Remaining, AsksForNoMoreUnitsWhereEnoughHaveEntered) {
  Season season = kQuiet;
  season.effect = 1.2;
  const Report made = report_on(season, planned(season, 0.36));
  ASSERT_TRUE(made.remaining && made.remaining->smallest) << made.results[0].conclusion;
  EXPECT_EQ(made.remaining->smallest->units, 0);
}

/// Three goals share alpha, and the one that takes longest is told.
TEST(Remaining, IsThatOfTheGoalThatTakesLongest) {
  Season season = kQuiet;
  season.arms = 3;
  season.share = season.share_before = 0.4;
  const Report made = report_on(season, planned(season, 0.1));
  ASSERT_TRUE(made.remaining && made.remaining->smallest);
  EXPECT_GT(made.remaining->smallest->units, report_on(kQuiet, planned(kQuiet, 0.1)).remaining->smallest->units);
}

}  // namespace
}  // namespace touchstone::judge
