// Checks without data say that nothing was looked at: they are no reason to believe anything.

#include "service/page/looked_at.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "service/page/check_text.hpp"
#include "service/page/report_page.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Stream;
using storage::MetricKind;

/// Of an experiment with a share and a sum that is cut at nothing, as many units in each arm.
Report after(int units) {
  const std::vector<storage::Metric> metrics{judge::metric("bought", MetricKind::proportion, "buy"),
                                             judge::metric("spent", MetricKind::sum, "buy")};
  Stream events;
  for (int i = 0; i < 2 * units; ++i)
    events.expose("u" + std::to_string(i), i % 2 == 0 ? "a" : "b", judge::kStart + std::chrono::seconds(i));
  return judge::judge(judge::experiment({"a", "b"}, {metrics[0], metrics[1]}), metrics, events.events);
}

CheckText told(const Report& report, std::string_view code) {
  const auto all = told_checks(report);
  return check_text(*std::ranges::find(all, code, &judge::Check::code), report);
}

TEST(LookedAt, WithoutUnitsNothingWasLookedAt) {
  const Report report = after(0);
  const auto all = told_checks(report);
  EXPECT_GE(all.size(), 6U);
  for (const auto& check : all) {
    const auto text = check_text(check, report);
    EXPECT_FALSE(text.looked_at) << check.code;
    EXPECT_EQ(text.sign, "○") << check.code;
    EXPECT_NE(text.sentence.find("Nobody has met a variant yet."), std::string::npos) << text.sentence;
  }
  EXPECT_EQ(told(report, "srm").chip, "split not looked at yet");
  const auto page = report_page(report, {}, {});
  EXPECT_EQ(page.find("✓"), std::string::npos);
  EXPECT_NE(page.find(R"(<li class="open"><a href="#check-0">)"), std::string::npos);
}

TEST(LookedAt, ASplitIsLookedAtFromTheFirstUnitsOnAndOutliersLater) {
  const Report few = after(5);
  EXPECT_EQ(told(few, "srm").sign, "✓");
  EXPECT_EQ(told(few, "crossover").chip, "no overlap");
  EXPECT_EQ(told(few, "outlier").chip, "outliers not looked at yet");
  EXPECT_NE(told(few, "outlier").sentence.find("No group has 100 units yet"), std::string::npos);
  EXPECT_EQ(told(after(100), "outlier").chip, "no outlier");
}

TEST(LookedAt, OneMetricThatWasLookedAtSpeaksForTheOthers) {
  Report report = after(5);
  judge::Check empty;
  empty.code = "twyman";
  judge::Check full = empty;
  full.value = 1.1;
  report.trust = {empty, full};
  EXPECT_EQ(told(report, "twyman").chip, "no implausible change");
  report.trust.pop_back();
  EXPECT_EQ(told(report, "twyman").chip, "size of changes not looked at yet");
}

}  // namespace
}  // namespace touchstone::page
