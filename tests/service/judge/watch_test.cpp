#include "service/judge/watch.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "service/judge/watch_memory.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

const Season kShort{.looks = 40, .users = 60};

TEST(TickClock, IsAFiveHundredthOfThePlannedTimeInWholeMinutes) {
  storage::Experiment asked = experiment({"a", "b"}, {bought()});
  asked.plan.method = {"always-valid", 2};
  EXPECT_EQ(tick_clock(asked).length, 1h) << "no last day";
  asked.plan.horizon.ends_at = kStart + 28 * 24h;
  EXPECT_EQ(tick_clock(asked).length, 81min) << "28 days / 500 = 80.64 minutes";
  asked.plan.horizon.ends_at = kStart + 1h;
  EXPECT_EQ(tick_clock(asked).length, 1min);
  asked.plan.tick = 6h;
  EXPECT_EQ(tick_clock(asked).length, 6h) << "as the plan says";
  asked.plan.method.version = 1;
  EXPECT_FALSE(tick_clock(asked).runs());
}

TEST(TickClock, ATickBeginsWhereTheOneBeforeEnds) {
  const TickClock clock{kStart, 5min};
  EXPECT_EQ(clock.tick_of(kStart), 0);
  EXPECT_EQ(clock.tick_of(kStart + 5min - 1us), 0);
  EXPECT_EQ(clock.tick_of(kStart + 5min), 1);
  EXPECT_EQ(clock.tick_of(kStart - 1us), -1);
  EXPECT_EQ(clock.end_of(1), kStart + 10min);
}

/// The report on a season as it was known at the end of a look and its window.
Report report_at(const Season& season, const Cells& cells, int look) {
  const Facts facts{{}, season.end_of(look) + kWindow};
  return report(season.experiment(), season.metrics(), cells, facts, {});
}

TEST(Watch, LooksAreTakenOfTicksThatAreOverAndUnitsWhoseWindowsAreClosed) {
  const Season season = kShort;
  const Cells cells = Simulation(season, "maturity").cells();
  const auto judged = [&](Time now) {
    return report(season.experiment(), season.metrics(), cells, {{}, now}, {}).results[0].always_valid;
  };
  EXPECT_EQ(judged(season.end_of(0) + kWindow - 1us).absolute.status, "not_mature");
  EXPECT_FALSE(judged(season.end_of(0) + kWindow - 1us).until);
  const AlwaysValid third = judged(season.end_of(2) + kWindow);
  EXPECT_EQ(third.until, season.end_of(2));
  EXPECT_EQ(*third.immature_units, static_cast<std::uint64_t>(season.users * (season.looks - 3)));
  EXPECT_EQ(judged(season.end_of(3) + kWindow - 1us), third) << "between two ticks nothing changes";
  EXPECT_EQ(*judged(season.end_of(season.looks) + kWindow).immature_units, 0U);
}

TEST(Watch, ThinTicksWaitForTheirNeighbours) {
  const Season season{.looks = 10, .users = 8};
  const Cells cells = Simulation(season, "thin").cells();
  const auto until = [&](int look) { return report_at(season, cells, look).results[0].always_valid.until; };
  EXPECT_FALSE(until(1)) << "16 units are no look";
  EXPECT_EQ(until(2), season.end_of(2));
  EXPECT_EQ(until(4), season.end_of(2));
  EXPECT_EQ(until(5), season.end_of(5));
}

class EveryLook : public testing::TestWithParam<std::string> {};

// What is declared, the interval, the anytime p and the conclusion are one rule; and what was seen once is kept.
TEST_P(EveryLook, DecisionIntervalAndPAgree) {
  Season season = kShort;
  season.figures = GetParam() == "values" ? Figures::lognormal : Figures::conversions;
  int decided = 0;
  for (int stream = 0; stream < 12; ++stream) {
    season.effect = stream % 3 == 0 ? 1.0 : stream % 3 == 1 ? 1.6 : 0.55;
    const Cells cells = Simulation(season, GetParam() + std::to_string(stream)).cells();
    double before = 1;
    std::optional<Time> first;
    for (int look = 0; look < season.looks; look += 3) {
      const Row row = report_at(season, cells, look).results[0];
      const AlwaysValid& seen = row.always_valid;
      if (!seen.p) continue;
      const bool up = seen.absolute.low.value_or(-1) > 0;
      const bool down = seen.absolute.high.value_or(1) < 0;
      EXPECT_EQ(seen.decided_at.has_value(), up || down);
      EXPECT_EQ(seen.decided_at.has_value(), *seen.p <= 0.05);
      EXPECT_EQ(up, seen.relative.low.value_or(-1) > 0);
      EXPECT_EQ(down, seen.relative.high.value_or(1) < 0);
      EXPECT_EQ(row.conclusion, up ? "better" : down ? "worse" : "not_clear");
      EXPECT_LE(*seen.p, before * 1.011) << "an anytime p does not rise but by its rounding";
      if (first) {
        EXPECT_EQ(seen.decided_at, first);
      }
      first = seen.decided_at;
      before = *seen.p;
    }
    decided += first ? 1 : 0;
  }
  EXPECT_GT(decided, 4);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryLook, testing::Values("conversions", "values"));

TEST(Watch, APlanOfTheFormerMethodIsJudgedByTheFormerMethod) {
  Season season = kShort;
  const Cells cells = Simulation(season, "former").cells();
  storage::Experiment former = season.experiment();
  former.plan.method = {"always-valid", 1};
  const Report report = judge::report(former, season.metrics(), cells, {{}, season.end_of(season.looks)}, {});
  const AlwaysValid& row = report.results[0].always_valid;
  EXPECT_EQ(report.plan.method, (storage::MethodRef{"always-valid", 1}));
  EXPECT_TRUE(row.method.empty() && !row.until && !row.immature_units);
}

TEST(Watch, AMetricWithoutAnEndOfItsWindowKeepsTheConfidenceSequence) {
  Season season = kShort;
  const Cells cells = Simulation(season, "endless").cells();
  std::vector<storage::Metric> endless = season.metrics();
  endless[0].window.length.reset();
  const Row row = judge::report(season.experiment(), endless, cells, {{}, kStart}, {}).results[0];
  EXPECT_EQ(row.always_valid.method, "confidence_sequence");
  EXPECT_TRUE(row.always_valid.p);
  EXPECT_FALSE(row.always_valid.until);
}

TEST(Watch, WhatWasRememberedChangesNoFigure) {
  const Season season = kShort;
  Cells cells = Simulation(season, "memory").cells();
  const auto memory = std::make_shared<WatchMemory>();
  const auto told = [&](const std::shared_ptr<WatchMemory>& with, int look) {
    return report(season.experiment(), season.metrics(), cells, {{}, season.end_of(look) + kWindow, with}, {});
  };
  for (const int look : {5, 5, 30, 12}) EXPECT_EQ(told(memory, look), told(nullptr, look));
  Participation part;
  part.exposed_at = kStart;
  part.exposures = 1;
  cells.add(part, std::vector{Amount{1}});
  EXPECT_EQ(told(memory, 12), told(nullptr, 12)) << "a unit that came late is not overlooked";
}

TEST(Watch, EventsAndCellsGiveOneResult) {
  Stream made;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = "u" + std::to_string(i);
    made.expose(unit, i % 2 == 0 ? "a" : "b", kStart + std::chrono::minutes(i));
    if (i % 10 < (i % 2 == 0 ? 2 : 7)) made.happen(unit, "buy", kStart + std::chrono::minutes(i) + 30min);
  }
  storage::Experiment asked = experiment({"a", "b"}, {bought()});
  asked.plan.method = {"always-valid", 2};
  asked.plan.horizon.units = 400;
  const std::vector metrics{bought()};
  const Report straight = judge(asked, metrics, made.events);
  std::ranges::reverse(made.events);
  EXPECT_EQ(judge(asked, metrics, made.events), straight);
  const AlwaysValid& row = straight.results[0].always_valid;
  EXPECT_EQ(row.method, "exact_conditional_spending");
  EXPECT_EQ(row.until, kStart + 6h) << "the last event came five minutes after their windows closed";
  EXPECT_EQ(row.immature_units, 40U);
}

}  // namespace
}  // namespace touchstone::judge
