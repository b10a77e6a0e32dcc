#include "service/judge/design_changes.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::Phase;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2};

/// A tenth of all, in halves, from so many days on.
Phase phase(int from, std::optional<int> until) {
  Phase made;
  made.started_at = kStart + from * 24h;
  if (until) made.ended_at = kStart + *until * 24h;
  made.entry = {{0, 40'000}, {60'000, 120'000}};
  made.weights = {500'000, 500'000};
  return made;
}

double figure_of(const Check& check, std::string_view name) {
  for (const auto& figure : check.figures)
    if (figure.name == name) return figure.value.value();
  return -1;
}

Check checked(const std::vector<Phase>& phases, Time known = Time::max()) {
  return mid_flight_change(design_changes(phases), known);
}

TEST(DesignChanges, ARunOfOnePhaseHasNone) {
  EXPECT_TRUE(design_changes(std::vector<Phase>{}).empty());
  const auto check = checked({phase(0, std::nullopt)});
  EXPECT_EQ(check.level, CheckLevel::ok);
  EXPECT_EQ(check.value, 0);
}

TEST(DesignChanges, ARampIsToldAndNoMatter) {
  auto more = phase(2, std::nullopt);
  more.entry = {{0, 1'000'000}};
  const auto changes = design_changes(std::vector{phase(0, 2), more});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0], (DesignChange{kStart + 48h, ChangeOf::coverage, {0.1}, {1}}));
  const auto check = checked({phase(0, 2), more});
  EXPECT_EQ(check.level, CheckLevel::ok);
  EXPECT_EQ(figure_of(check, "coverage"), 1);
  EXPECT_EQ(checked({more, phase(2, std::nullopt)}).level, CheckLevel::warn) << "fewer take part";
}

TEST(DesignChanges, OnePhaseMayChangeSeveralThingsAfterAPause) {
  auto other = phase(5, std::nullopt);
  other.weights = {900'000, 100'000};
  other.enrolling = false;
  const auto changes = design_changes(std::vector{phase(0, 3), other});
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0], (DesignChange{kStart + 72h, ChangeOf::pause, {}, {}, kStart + 120h}));
  EXPECT_EQ(changes[1], (DesignChange{kStart + 120h, ChangeOf::split, {0.5, 0.5}, {0.9, 0.1}}));
  EXPECT_EQ(changes[2], (DesignChange{kStart + 120h, ChangeOf::enrolment, {1}, {0}}));
  const auto check = checked({phase(0, 3), other});
  EXPECT_EQ(check.level, CheckLevel::warn);
  EXPECT_EQ(check.value, 2) << "closing the enrolment disturbs nothing";
}

TEST(DesignChanges, WhatElseOpensAPhaseIsTheAudience) {
  EXPECT_EQ(design_changes(std::vector{phase(0, 3), phase(3, std::nullopt)}).at(0).of, ChangeOf::audience);
  EXPECT_EQ(checked({phase(0, 3), phase(3, std::nullopt)}).level, CheckLevel::warn);
}

TEST(DesignChanges, WhatIsNotKnownYetDoesNotCount) {
  EXPECT_EQ(checked({phase(0, 3), phase(3, std::nullopt)}, kStart + 71h).value, 0);
}

}  // namespace
}  // namespace touchstone::judge
