#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

/// 300 customers over five hours who spend 10 to 16 in turn, two of them 5,000.
std::string season() {
  std::string events = "[";
  for (int i = 0; i < 300; ++i) {
    const int spent = i == 51 || i == 251 ? 5000 : 10 + i % 7;
    events += fmt::format(
        R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:00Z","experiment":"checkout",)"
        R"("variant":"{3}"}},)"
        R"({{"id":"p{0}","type":"event","name":"purchase","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:30Z","value":{4}}},)",
        i, i / 60, i % 60, i % 2 == 1 ? "one-page" : "control", spent);
  }
  return events + R"({"id":"z","type":"event","name":"visit","unit":"u0","ts":"2026-01-01T12:00:00Z"}])";
}

void run(Running& running) {
  ASSERT_EQ(running
                .post("/v1/metrics", R"({"key":"spend","kind":"sum","event":"purchase","window":{"length":"1h"},)"
                                     R"("unit":"EUR","cap":{"percentile":99}})")
                .status,
            201);
  ASSERT_EQ(running
                .post("/v1/experiments",
                      R"({"key":"checkout","exposure":"client","variants":[{"key":"control"},{"key":"one-page"}],)"
                      R"("plan":{"metrics":[{"metric":"spend"}],"method":{"id":"fixed-horizon"},)"
                      R"("corrections":{"goals":"dunnett"}}})")
                .status,
            201);
  ASSERT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

// Of 300 amounts 298 are 10 to 16; the 297th is 16.
TEST(ApiCaps, AReportTellsThePercentileAndWhatItHides) {
  Running running;
  run(running);
  const auto started = running.get("/v1/experiments/checkout").body;
  EXPECT_EQ(member(started, "/plan/corrections/goals"), "dunnett");
  ASSERT_EQ(running.post("/v1/events", season()).status, 200);
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  EXPECT_EQ(member(report, "/results/0/cap/percentile"), "99") << report;
  EXPECT_EQ(member(report, "/results/0/cap/value"), "16");
  EXPECT_EQ(member(report, "/results/0/cap/units/0"), "0");
  EXPECT_EQ(member(report, "/results/0/cap/units/1"), "2");
  EXPECT_LT(std::stod(member(report, "/results/0/absolute/high")), 1);
  EXPECT_GT(std::stod(member(report, "/results/0/cap/uncapped/absolute/high")), 100);
  EXPECT_EQ(member(report, "/plan/corrections/goals"), "dunnett");
  EXPECT_EQ(member(report, "/results/0/fixed/correction"), "dunnett");
  const std::string page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("at 16, percentile 99 of all arms together; above it 0 units of control, 2 of treatment"),
            std::string::npos);
  EXPECT_NE(page.find("Dunnett over the variants of a goal, which share their control"), std::string::npos);
}

TEST(ApiCaps, TheSameEventsGiveTheSameReportWheneverItIsMade) {
  Running running;
  run(running);
  ASSERT_EQ(running.post("/v1/events", season()).status, 200);
  const auto digest = [&running](const std::string& query) {
    return member(running.get("/v1/experiments/checkout/report" + query).body, "/digest/results");
  };
  const std::string live = digest("");
  EXPECT_EQ(digest("?until=2026-02-01T00:00:00Z"), live) << "read from the journal";
  EXPECT_EQ(running.post("/v1/events", season()).status, 200) << "once more";
  EXPECT_EQ(digest(""), live);
  running.restart();
  EXPECT_EQ(digest(""), live);
}

}  // namespace
}  // namespace touchstone::api
