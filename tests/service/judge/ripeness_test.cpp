#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

/// Active on the seventh day.
storage::Metric day_7() { return within(metric("d7", MetricKind::retention, "visit"), 168h, 24h); }

/// Ten units of each variant on each of ten days; some come back `back` later.
Stream ten_days(Micros back) {
  Stream made;
  for (int day = 0; day < 10; ++day)
    for (int i = 0; i < 20; ++i) {
      const std::string unit = std::to_string(day) + "-" + std::to_string(i);
      const Time at = kStart + std::chrono::days(day) + std::chrono::minutes(i);
      made.expose(unit, i % 2 == 0 ? "a" : "b", at);
      if (i % 4 < 2 + day % 2) made.happen(unit, "visit", at + back);
    }
  return made;
}

Row judged(const storage::Metric& asked, const Stream& stream, const storage::MethodRef& method) {
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = method;
  return judge(made, std::vector{asked}, stream.events).results.at(0);
}

class Ripeness : public testing::TestWithParam<storage::MethodRef> {};

/// The last event is of the tenth day: of days 0 and 1 alone the eighth day has closed.
TEST_P(Ripeness, OnlyUnitsWhoseWindowHasClosedCount) {
  Stream made = ten_days(170h);
  std::erase_if(made.events, [](const auto& stored) { return stored.te >= kStart + 240h; });
  made.happen("clock", "other", kStart + 240h);
  const Row row = judged(day_7(), made, GetParam());
  EXPECT_EQ(row.arms[0].n, 20U);
  EXPECT_EQ(row.arms[1].n, 20U);
  EXPECT_EQ(row.immature_units, 160U);
  EXPECT_EQ(row.arms[0].successes, 15U);  // i = 0, 4, 8, ... on day 0, every one on day 1
  EXPECT_EQ(row.arms[1].successes, 10U);  // i = 1, 5, 9, ... on both
}

TEST_P(Ripeness, InTheEndEverybodyCounts) {
  Stream made = ten_days(170h);
  made.happen("clock", "other", kStart + 600h);
  const Row row = judged(day_7(), made, GetParam());
  EXPECT_EQ(row.arms[0].n + row.arms[1].n, 200U);
  EXPECT_EQ(row.immature_units, 0U);
  EXPECT_EQ(row.status, "ok");
}

TEST_P(Ripeness, NobodyIsToldBeforeTheFirstWindowCloses) {
  Stream made = ten_days(1h);
  std::erase_if(made.events, [](const auto& stored) { return stored.te >= kStart + 190h; });
  const Row row = judged(day_7(), made, GetParam());
  EXPECT_EQ(row.arms[0].n, 0U);
  EXPECT_NE(row.status, "ok");
}

INSTANTIATE_TEST_SUITE_P(Methods, Ripeness,
                         testing::Values(storage::MethodRef{}, storage::MethodRef{"fixed-horizon", 1}),
                         [](const auto& method) { return method.param.id == "always-valid" ? "Watched" : "OneLook"; });

TEST(Funnel, TellsHowManyTookEachStep) {
  const storage::Metric asked = funnel({"view", "basket", "buy"}, 24h);
  Stream made;
  const auto walk = [&made](std::string_view unit, std::string_view variant, int steps) {
    made.expose(unit, variant, kStart);
    constexpr std::array<std::string_view, 3> names{"view", "basket", "buy"};
    for (int s = 0; s < steps; ++s)
      made.happen(unit, names.at(static_cast<std::size_t>(s)), kStart + std::chrono::hours(s));
  };
  walk("a0", "a", 0);
  walk("a1", "a", 1);
  walk("a2", "a", 2);
  walk("a3", "a", 3);
  walk("b3", "b", 3);
  walk("b2", "b", 2);
  made.happen("clock", "other", kStart + 48h);
  const Row row = judged(asked, made, {"fixed-horizon", 1});
  EXPECT_EQ(row.arms[0].steps, (std::vector<std::uint64_t>{3, 2, 1}));
  EXPECT_EQ(row.arms[1].steps, (std::vector<std::uint64_t>{2, 2, 1}));
  EXPECT_EQ(row.arms[0].mean, 0.25);
  EXPECT_EQ(row.arms[1].mean, 0.5);
}

TEST(Churn, LessIsBetter) {
  storage::Metric lost = within(metric("lost", MetricKind::churn, "$churn"), 0h, 24h);
  lost.direction = storage::Direction::decrease;
  Stream made;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = std::to_string(i);
    made.expose(unit, i % 2 == 0 ? "a" : "b", kStart);
    if (i % 2 == 1 ? i % 5 == 0 : i % 20 == 0) made.happen(unit, "$churn", kStart + 1h);
  }
  made.happen("clock", "other", kStart + 48h);
  EXPECT_EQ(judged(lost, made, {"fixed-horizon", 1}).conclusion, "worse");
}

}  // namespace
}  // namespace touchstone::judge
