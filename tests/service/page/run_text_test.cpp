// What is said of how far a run came, and of what was changed on the way.

#include "service/page/run_text.hpp"

#include <gtest/gtest.h>

#include "service/judge/design_changes.hpp"
#include "service/judge/planned_size.hpp"
#include "service/page/check_text.hpp"

namespace touchstone::page {
namespace {

using namespace std::chrono_literals;

CheckText size_of(storage::Horizon horizon, std::uint64_t units, bool over, const char* method = "fixed-horizon") {
  judge::Report report;
  report.plan.method.id = method;
  report.plan.horizon = horizon;
  report.counts.units = units;
  return check_text(judge::planned_size(report, {Time{}, Time{} + 5 * 24h, over}), report);
}

TEST(RunText, SaysHowFarItCame) {
  const auto running = size_of({30'000, std::nullopt}, 12'345, false);
  EXPECT_EQ(running.chip, "41 % of planned size");
  EXPECT_EQ(running.sign, "○");
  EXPECT_EQ(running.sentence, "Planned size: 12,345 of 30,000 units so far.");
  EXPECT_EQ(size_of({std::nullopt, Time{} + 21 * 24h}, 9, false).sentence, "Planned size: 5 of 21 days so far.");
  EXPECT_EQ(size_of({30'000, std::nullopt}, 29'999, false).chip, "99 % of planned size");
  const auto done = size_of({30'000, std::nullopt}, 30'001, true);
  EXPECT_EQ(done.chip, "planned size");
  EXPECT_EQ(done.sign, "✓");
  EXPECT_EQ(size_of({}, 9, false).chip, "no size planned");
}

TEST(RunText, SaysWhetherAnEarlyEndMatters) {
  const auto looked_once = size_of({30'000, std::nullopt}, 12'345, true);
  EXPECT_EQ(looked_once.chip, "ended at 41 % of its size");
  EXPECT_EQ(looked_once.sign, "!");
  EXPECT_NE(looked_once.sentence.find("Its plan looks once"), std::string::npos);
  const auto any_time = size_of({30'000, std::nullopt}, 12'345, true, "always-valid");
  EXPECT_EQ(any_time.sign, "○");
  EXPECT_EQ(any_time.sentence, "Planned size: it ended after 12,345 of 30,000 units, as its plan allows at any time.");
}

CheckText changed(const std::vector<judge::DesignChange>& changes) {
  judge::Report report;
  report.counts.units = 10;
  return check_text(judge::mid_flight_change(changes, Time::max()), report);
}

TEST(RunText, SaysWhatWasChanged) {
  EXPECT_EQ(changed({}).sentence, "It ran as it had begun: split, audience and share of customers stayed.");
  const judge::DesignChange ramp{Time{}, judge::ChangeOf::coverage, {0.1}, {0.5}};
  EXPECT_EQ(changed({ramp, ramp}).chip, "split and audience kept");
  EXPECT_EQ(changed({ramp, ramp}).sentence,
            "While it ran, the share of customers that take part was changed 2 times. The variants were compared alike "
            "all the time.");
  const auto more = changed(
      {{Time{}, judge::ChangeOf::split, {0.5, 0.5}, {0.9, 0.1}}, {Time{}, judge::ChangeOf::pause, {}, {}, Time{}}});
  EXPECT_EQ(more.sign, "!");
  EXPECT_TRUE(more.sentence.starts_with(
      "While it ran, the split of the variants was changed once; it was paused once. Groups are compared within"))
      << more.sentence;
}

}  // namespace
}  // namespace touchstone::page
