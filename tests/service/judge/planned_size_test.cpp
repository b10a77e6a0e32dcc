#include "service/judge/planned_size.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2};

Report planned(storage::Horizon horizon, std::uint64_t units, const char* method = "fixed-horizon") {
  Report report;
  report.plan.method.id = method;
  report.plan.horizon = horizon;
  report.counts.units = units;
  return report;
}

Progress after(int days, bool over) { return {kStart, kStart + days * 24h, over}; }

TEST(PlannedSize, IsAShareOfTheUnitsOrTheDays) {
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 250), after(3, false)).value, 0.25);
  EXPECT_EQ(planned_size(planned({std::nullopt, kStart + 480h}, 250), after(5, false)).value, 0.25);
  EXPECT_EQ(planned_size(planned({1000, kStart + 480h}, 100), after(10, false)).value, 0.5) << "what is nearer";
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 2500), after(3, false)).value, 1);
}

TEST(PlannedSize, WithoutOneThereIsNoShare) {
  const auto check = planned_size(planned({}, 250), after(3, true));
  EXPECT_FALSE(check.value);
  EXPECT_EQ(check.status, "no_horizon");
  EXPECT_EQ(check.level, CheckLevel::ok);
}

TEST(PlannedSize, AnEarlyEndWarnsOnlyWhereThePlanLooksOnce) {
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 250), after(3, true)).level, CheckLevel::warn);
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 250), after(3, false)).level, CheckLevel::ok);
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 1000), after(3, true)).level, CheckLevel::ok);
  EXPECT_EQ(planned_size(planned({1000, std::nullopt}, 250, "always-valid"), after(3, true)).level, CheckLevel::ok);
}

TEST(PlannedSize, DataFromBeforeTheStartAreNoTime) {
  EXPECT_EQ(planned_size(planned({std::nullopt, kStart + 480h}, 1), after(-2, false)).value, 0);
  EXPECT_EQ(planned_size(planned({std::nullopt, kStart}, 1), after(0, false)).value, 1) << "planned to end at once";
}

}  // namespace
}  // namespace touchstone::judge
