#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

/// A unit that spent so much in so many visits.
void spend(Stream& stream, std::string_view unit, std::string_view variant, double amount, int visits) {
  stream.expose(unit, variant, kStart);
  if (amount > 0) stream.happen(unit, "buy", kStart + 1h, amount);
  for (int i = 0; i < visits; ++i) stream.happen(unit, "visit", kStart + 1h + std::chrono::minutes(i));
}

Stream nine_units() {
  Stream made;
  spend(made, "a1", "a", 10, 2);
  spend(made, "a2", "a", 0, 1);
  spend(made, "a3", "a", 30, 3);
  spend(made, "a4", "a", 20, 4);
  spend(made, "b1", "b", 12, 2);
  spend(made, "b2", "b", 9, 3);
  spend(made, "b3", "b", 40, 4);
  spend(made, "b4", "b", 8, 1);
  spend(made, "b5", "b", 0, 0);
  return made;
}

/// Values R + (y - R x)/mean x of each unit, then Welch, by mpmath at 40 digits.
TEST(RatioMetric, IsJudgedByTheDeltaMethodOverUnits) {
  const std::vector metrics{revenue_per_visit()};
  const Row row = judge(experiment({"a", "b"}, metrics), metrics, nine_units().events).results.at(0);
  EXPECT_DOUBLE_EQ(*row.arms[0].mean, 6.0);
  EXPECT_DOUBLE_EQ(*row.arms[1].mean, 6.9);
  EXPECT_NEAR(*row.arms[0].variance, 10.666666666666667, 1e-12);
  EXPECT_NEAR(*row.arms[1].variance, 18.44375, 1e-12);
  EXPECT_NEAR(*row.absolute.estimate, 0.9, 1e-14);
  EXPECT_NEAR(*row.se, 2.5209951738681823, 1e-12);
  EXPECT_NEAR(*row.fixed.df, 6.9976948434361938, 1e-10);
  EXPECT_NEAR(*row.fixed.p, 0.73161360082942404, 1e-12);
  EXPECT_NEAR(*row.relative.estimate, 0.15, 1e-14);
}

TEST(RatioMetric, WithoutADenominatorThereIsNone) {
  Stream made;
  for (const std::string_view unit : {"1", "2", "3"}) {
    spend(made, std::string("a") + std::string(unit), "a", 5, 0);
    spend(made, std::string("b") + std::string(unit), "b", 5, 1);
  }
  const std::vector metrics{revenue_per_visit()};
  const Row row = judge(experiment({"a", "b"}, metrics), metrics, made.events).results.at(0);
  EXPECT_NE(row.status, "ok");
  EXPECT_FALSE(row.arms[0].mean);
}

/// The more a unit visits, the more it spends, and b's visits are worth a quarter more.
Stream season(double effect) {
  Stream made;
  for (int hour = 0; hour < 50; ++hour)
    for (int i = 0; i < 60; ++i) {
      const std::string unit = std::to_string(hour) + "-" + std::to_string(i);
      const Time at = kStart + std::chrono::hours(hour);
      const int visits = 1 + (hour * 7 + i * 11) % 5;
      const double amount = visits * (1 + (hour * 3 + i * 17) % 13) * (i % 2 == 0 ? 1 : effect);
      made.expose(unit, i % 2 == 0 ? "a" : "b", at).happen(unit, "buy", at, amount);
      for (int v = 0; v < visits; ++v) made.happen(unit, "visit", at + std::chrono::minutes(v));
    }
  made.happen("clock", "other", kStart + 200h);
  return made;
}

Row watched(double effect) {
  storage::Metric asked = revenue_per_visit();
  asked.window.length = 1h;
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = {};
  made.plan.horizon.units = 3'000;
  return judge(made, std::vector{asked}, season(effect).events).results.at(0);
}

TEST(RatioMetric, MayBeLookedAtWheneverOneLikes) {
  const Row better = watched(1.25);
  EXPECT_EQ(better.always_valid.method, "two_keys");
  EXPECT_EQ(better.conclusion, "better");
  EXPECT_NEAR(*better.always_valid.relative.estimate, 0.25, 0.05);
  EXPECT_EQ(watched(1.0).conclusion, "not_clear");
}

}  // namespace
}  // namespace touchstone::judge
