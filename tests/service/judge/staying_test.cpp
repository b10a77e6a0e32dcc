#include "service/judge/staying.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Time kBegin{};

storage::Experiment experiment(std::size_t phases = 1) {
  storage::Experiment made;
  made.variants.resize(2);
  made.variants[0].key = "new";
  made.variants[1].key = "control";
  made.variants[1].control = true;
  made.phases.resize(phases);
  return made;
}

MetricStays cancelled(std::vector<Stay> stays, Micros length = days(30)) {
  MetricStays of;
  of.metric.key = "cancelled";
  of.metric.kind = storage::MetricKind::churn;
  of.metric.window.length = length;
  of.stays = std::move(stays);
  return of;
}

Stay stay(std::uint16_t variant, int entered, std::optional<Micros> ended = {}) {
  return {kBegin + days(entered), variant, 0, ended};
}

Staying told_at(const storage::Experiment& experiment, const MetricStays& of, Time now) {
  return staying(experiment, std::vector{of}, now).at(0);
}

// Five units of control that entered on days 0 to 4, looked at on day 6, after 6, 5, 4, 3 and 2 whole days: the first
// left on its third day, the fourth on its second, the others are still there. By hand: at 2 of five one left, 4/5; at
// 3 one of three (the last is out of sight after 2), 4/5 2/3.
TEST(Staying, IsKaplanAndMeiersOfWholeDays) {
  const MetricStays of = cancelled({stay(1, 0, 60h), stay(1, 1), stay(1, 2), stay(1, 3, 30h), stay(1, 4)});
  const Staying told = told_at(experiment(), of, kBegin + days(6) + 5h);
  EXPECT_EQ(told.step, StayStep::day);
  EXPECT_EQ(told.study.variants, (std::vector<std::string>{"control", "new"}));
  const SurvivalArm& arm = told.arms[0];
  EXPECT_EQ(arm.customers, 5U);
  EXPECT_EQ(arm.ended, 2);
  EXPECT_EQ(arm.watched, 5) << "of those who are still there";
  ASSERT_EQ(arm.curve.size(), 2U);
  EXPECT_EQ(arm.curve[0].ending.time, 2);
  EXPECT_NEAR(arm.curve[0].survival, 4.0 / 5, 1e-15);
  EXPECT_EQ(arm.curve[1].ending.time, 3);
  EXPECT_NEAR(arm.curve[1].survival, 4.0 / 5 * 2 / 3, 1e-15);
}

// Who left today is not known to have left before the day is over: else those who stay would be counted later.
TEST(Staying, UsesNothingOfADayThatHasNotPassed) {
  const Staying told = told_at(experiment(), cancelled({stay(1, 0, 50h), stay(1, 2, 1h)}), kBegin + days(2) + 12h);
  EXPECT_EQ(told.arms[0].customers, 1U);
  EXPECT_EQ(told.arms[0].ended, 0);
  EXPECT_EQ(told.arms[0].watched, 2);
}

TEST(Staying, EndsWithTheWindow) {
  const Staying told = told_at(experiment(), cancelled({stay(1, 0)}, days(10)), kBegin + days(100));
  EXPECT_EQ(told.arms[0].watched, 10);
}

TEST(Staying, OfShortWindowsIsCountedFinely) {
  EXPECT_EQ(told_at(experiment(), cancelled({}, 240h), kBegin).step, StayStep::day);
  EXPECT_EQ(told_at(experiment(), cancelled({}, 239h), kBegin).step, StayStep::hour);
  EXPECT_EQ(told_at(experiment(), cancelled({}, 599min), kBegin).step, StayStep::minute);
  const Staying told = told_at(experiment(), cancelled({stay(1, 0, 90s)}, 5min), kBegin + 1h);
  EXPECT_EQ(told.arms[0].curve.at(0).ending.time, 2);
}

std::vector<Stay> many(int units) {
  std::vector<Stay> stays;
  for (int i = 0; i < units; ++i) {
    const auto variant = static_cast<std::uint16_t>(i % 2);
    stays.push_back(
        stay(variant, i % 7,
             i % 5 == 0 || (variant == 0 && i % 3 == 0) ? std::optional<Micros>(days(i % 11)) : std::nullopt));
  }
  return stays;
}

// What was known at the planned end: whoever reads it later reads the same.
TEST(Staying, IsComparedOnceAsKnownAtThePlannedEnd) {
  storage::Experiment planned = experiment();
  const MetricStays of = cancelled(many(400));
  EXPECT_TRUE(told_at(planned, of, kBegin + days(20)).rows.empty()) << "no end was planned";
  planned.plan.horizon.ends_at = kBegin + days(14);
  EXPECT_TRUE(told_at(planned, of, kBegin + days(14) - 1s).rows.empty());
  const Staying then = told_at(planned, of, kBegin + days(14));
  ASSERT_EQ(then.rows.size(), 1U);
  EXPECT_EQ(then.tested_at, planned.plan.horizon.ends_at);
  EXPECT_GT(then.rows[0].hazard.ratio, 1) << "of the new one more left";
  const Staying later = told_at(planned, of, kBegin + days(25));
  EXPECT_GT(later.arms[0].watched, then.arms[0].watched);
  EXPECT_EQ(later.rows[0].hazard.ratio, then.rows[0].hazard.ratio);
  EXPECT_EQ(later.rows[0].log_rank.z, then.rows[0].log_rank.z);
}

TEST(Staying, IsToldWhereThereIsATimeToAnEvent) {
  storage::Metric metric;
  metric.kind = storage::MetricKind::churn;
  EXPECT_TRUE(tells_staying(metric));
  metric.by_inactivity = true;
  EXPECT_FALSE(tells_staying(metric));
  metric.kind = storage::MetricKind::duration;
  EXPECT_TRUE(tells_staying(metric));
  metric.kind = storage::MetricKind::retention;
  EXPECT_FALSE(tells_staying(metric));
  EXPECT_TRUE(staying(experiment(), std::vector{cancelled({})}, std::nullopt).empty()) << "no event, no clock";
}

}  // namespace
}  // namespace touchstone::judge
