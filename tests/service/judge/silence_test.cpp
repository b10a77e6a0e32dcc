#include "service/judge/silence.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

/// Of those who enter in some hour, whether every tenth does it; twenty of each arm enter in every hour of ten days.
using Heard = std::function<bool(int hour)>;

Check after(const Heard& heard, MetricKind kind = MetricKind::proportion) {
  const std::vector<storage::Metric> metrics{within(metric("bought", kind, "buy"), 0h, 1h)};
  Stream stream;
  for (int i = 0; i < 240 * 40; ++i) {
    const std::string unit = std::to_string(i);
    const Time at = kStart + std::chrono::hours(i / 40) + 1min;
    stream.expose(unit, i % 2 == 0 ? "a" : "b", at);
    if (i % 20 < 2 && heard(i / 40)) stream.happen(unit, "buy", at + 1min, 5);
  }
  storage::Experiment asked = experiment({"a", "b"}, metrics);
  asked.plan.method = {};
  const Report report = judge(asked, metrics, stream.events);
  return *std::ranges::find(report.trust, "silence", &Check::code);
}

double figure_of(const Check& check, std::string_view name) {
  return std::ranges::find(check.figures, name, &Figure::name)->value.value_or(-1);
}

// Of 240 hours the last two have not had their time when the data end. Of the other 9,520 units those of 192 hours were
// heard of: 768 of 7,680. (1 - 1840/9520)^768 is 2e-72.
TEST(Silence, WarnsWhereEventsStopToArrive) {
  const Check check = after([](int hour) { return hour < 192; });
  EXPECT_EQ(check.level, CheckLevel::warn);
  EXPECT_EQ(check.metric, "bought");
  EXPECT_EQ(check.variant, "b");
  EXPECT_EQ(figure_of(check, "units"), 1840);
  EXPECT_EQ(figure_of(check, "hours"), 46);
  EXPECT_EQ(figure_of(check, "before"), 10);
  EXPECT_NEAR(std::log10(*check.value), 768 * std::log10(1 - 1840.0 / 9520), 1e-9);
}

TEST(Silence, IsFineWhileTheyArrive) {
  const Check check = after([](int) { return true; });
  EXPECT_EQ(check.level, CheckLevel::ok);
  EXPECT_EQ(check.value, 1);
  EXPECT_TRUE(check.variant.empty());
}

TEST(Silence, NightsAndWeekendsAreNoFault) {
  EXPECT_EQ(after([](int hour) { return hour % 24 < 14; }).level, CheckLevel::ok) << "it ends in a night";
  const Check weekend = after([](int hour) { return hour / 24 % 5 < 3; });
  EXPECT_LT(*weekend.value, 1e-6);
  EXPECT_EQ(weekend.level, CheckLevel::ok) << "no longer than the one before";
  EXPECT_EQ(after([](int hour) { return hour < 217; }).level, CheckLevel::ok) << "less than a day";
}

TEST(Silence, IsHeardInAmountsAndAverages) {
  const auto stops = [](int hour) { return hour < 192; };
  EXPECT_EQ(after(stops, MetricKind::sum).level, CheckLevel::warn);
  EXPECT_EQ(after(stops, MetricKind::mean).level, CheckLevel::warn);
}

TEST(Silence, WhatWasNeverHeardOfCannotFallSilent) {
  const Check check = after([](int) { return false; });
  EXPECT_EQ(check.status, "insufficient_data");
  EXPECT_EQ(check.level, CheckLevel::ok);
  EXPECT_FALSE(is_heard(MetricKind::churn));
  EXPECT_FALSE(is_heard(MetricKind::duration));
}

}  // namespace
}  // namespace touchstone::judge
