#include "service/judge/over_time.hpp"

#include <cstddef>
#include <numeric>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/course_memory.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

constexpr int kDay = 24;  // looks

Sight sight_of(const Season& season, Cells cells) {
  return {season.experiment(), season.metrics(), std::move(cells), {{}, season.end_of(season.looks) + kWindow}};
}

/// The report as it was when the windows of a look's units had just closed.
Row row_at(const Season& season, const Cells& cells, int look) {
  return report(season.experiment(), season.metrics(), cells, {{}, season.end_of(look) + kWindow}, {}).results[0];
}

class OfKind : public testing::TestWithParam<Figures> {};

TEST_P(OfKind, EveryPointIsWhatAReportSaidThen) {
  const Season season{.looks = 5 * kDay, .users = 40, .figures = GetParam(), .effect = 1.3};
  const Cells cells = Simulation(season, "course").cells();
  const OverTime told = over_time(sight_of(season, cells));
  ASSERT_EQ(told.courses.size(), 1U);
  const Course& course = told.courses[0];
  ASSERT_EQ(course.points.size(), 5U);
  const auto all = static_cast<std::uint64_t>(season.looks) * static_cast<std::uint64_t>(season.users);
  for (int day = 0; day < 5; ++day) {
    const Row then = row_at(season, cells, (day + 1) * kDay - 1);
    const KnownThen& point = course.points[static_cast<std::size_t>(day)];
    EXPECT_EQ(point.until, then.always_valid.until);
    EXPECT_EQ(point.absolute, then.always_valid.absolute) << day;
    EXPECT_EQ(point.relative, then.always_valid.relative) << day;
    EXPECT_EQ(course.method, then.always_valid.method);
    EXPECT_EQ(point.control + point.treatment, all - *then.always_valid.immature_units);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, OfKind,
                         testing::Values(Figures::conversions, Figures::lognormal, Figures::click_rate, Figures::nps),
                         [](const auto& kind) { return "kind" + std::to_string(kind.index); });

TEST(OverTime, ALongRunHasAPointEverySoManyDays) {
  const Season season{.looks = 100 * kDay, .users = 20};
  const Course course = over_time(sight_of(season, Simulation(season, "long").cells())).courses.at(0);
  ASSERT_EQ(course.points.size(), 25U) << "100 days, 30 points at most";
  EXPECT_EQ(course.points[0].until, kStart + 96h);
  EXPECT_EQ(course.points.back().until, kStart + 2400h);
}

TEST(OverTime, TellsWhoCameEachDayAndWhenSharesChanged) {
  const Season season{.looks = 6 * kDay, .users = 30, .share = 0.5, .share_before = 0.1};
  const Cells cells = Simulation(season, "ramp").cells();
  const OverTime told = over_time(sight_of(season, cells));
  ASSERT_EQ(told.changes.size(), 1U);
  EXPECT_EQ(told.changes[0].at, season.experiment().phases[1].started_at);
  const auto sum = [](std::uint64_t units, const DayOfEntries& day) { return units + day.units; };
  EXPECT_EQ(std::accumulate(told.entries.begin(), told.entries.end(), std::uint64_t{0}, sum),
            static_cast<std::uint64_t>(season.looks * season.users));
  for (std::size_t i = 1; i < told.entries.size(); ++i)
    EXPECT_EQ(told.entries[i].from - told.entries[i - 1].from, 24h) << i;
}

TEST(OverTime, APlanThatLooksOnceOrTellsASignAloneHasNoCourse) {
  const Season season{.looks = 3 * kDay, .users = 30};
  for (const storage::MethodRef& method : {storage::MethodRef{"fixed-horizon", 1}, storage::MethodRef{"strict", 1}}) {
    Season other = season;
    other.method = method;
    const OverTime told = over_time(sight_of(other, Simulation(other, "other").cells()));
    EXPECT_TRUE(told.courses.empty()) << method.id;
    EXPECT_FALSE(told.entries.empty()) << method.id;
  }
}

TEST(OverTime, WhatWasRememberedChangesNoFigure) {
  const Season season{.looks = 6 * kDay, .users = 40, .effect = 1.2};
  const auto memory = std::make_shared<CourseMemory>();
  const auto told = [&](const Cells& cells, int look, const std::shared_ptr<CourseMemory>& with) {
    Sight sight = sight_of(season, cells);
    sight.facts.last_te = season.end_of(look) + kWindow;
    sight.facts.courses = with;
    return over_time(sight);
  };
  const Cells cells = Simulation(season, "memory").cells();
  for (const int look : {50, 50, 140, 90}) EXPECT_EQ(told(cells, look, memory), told(cells, look, nullptr)) << look;
  const Cells others = Simulation(season, "other units").cells();
  EXPECT_EQ(told(others, 120, memory), told(others, 120, nullptr)) << "of looks that are no longer so";
}

TEST(OverTime, GoalsAreToldAlone) {
  const Season season{.looks = 2 * kDay, .users = 40};
  Sight sight = sight_of(season, Simulation(season, "goals").cells());
  EXPECT_EQ(over_time(sight, CoursesOf::goals).courses.size(), 1U);
  sight.experiment.plan.metrics[0].role = storage::MetricRole::secondary;
  EXPECT_TRUE(over_time(sight, CoursesOf::goals).courses.empty());
  EXPECT_EQ(over_time(sight, CoursesOf::all).courses.size(), 1U);
}

TEST(OverTime, NothingIsToldOfAnExperimentWithoutUnits) {
  Season season{.looks = kDay, .users = 30};
  const Cells none(Simulation(season, "none").cells().shape);
  const OverTime told = over_time(sight_of(season, none));
  EXPECT_TRUE(told.entries.empty());
  ASSERT_EQ(told.courses.size(), 1U);
  EXPECT_TRUE(told.courses[0].points.empty());
}

}  // namespace
}  // namespace touchstone::judge
