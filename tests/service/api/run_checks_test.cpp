// How a run went, as its report tells it: how far it came, and what was changed on the way. The run of run_checkout():
// 800 of 800 planned units, from 2026-01-01 on, all of whom entered on 2026-01-02.

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/decided.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

json doubt_of(Running& running, std::string_view code) {
  const auto report = json::parse(running.get("/v1/experiments/checkout/report").body);
  for (const auto& doubt : report["trust"])
    if (doubt["code"] == code) return doubt;
  return {};
}

void change(Running& running, const std::string& body) {
  const auto answer = running.patch("/v1/experiments/checkout", body);
  ASSERT_EQ(answer.status, 200) << answer.body;
}

TEST(ApiRunChecks, ARunThatWentAsPlannedSaysSo) {
  Running running;
  run_checkout(running, 20, 40);
  EXPECT_EQ(doubt_of(running, "planned_size")["value"], 1);
  EXPECT_EQ(doubt_of(running, "mid_flight_change")["value"], 0);
  const auto page = running.get("/experiments/checkout").body;
  EXPECT_TRUE(holds(page, "✓ planned size<"));
  EXPECT_TRUE(holds(page, "Planned size: reached (800 of 800 units)."));
  EXPECT_TRUE(holds(page, "✓ no change in mid-flight<"));
  EXPECT_TRUE(holds(page, " no guardrail<"));
}

TEST(ApiRunChecks, AnotherSplitInMidFlightWarnsAndChangesNoVerdict) {
  Running running;
  run_checkout(running, 20, 40);
  const auto before = json::parse(running.get("/v1/experiments/checkout/report").body);
  change(running, R"({"variants":[{"key":"a","weight":900000},{"key":"b","weight":100000}]})");
  const auto doubt = doubt_of(running, "mid_flight_change");
  EXPECT_EQ(doubt["level"], "warn");
  EXPECT_EQ(doubt["value"], 1);
  const auto after = json::parse(running.get("/v1/experiments/checkout/report").body);
  EXPECT_EQ(after["verdict"], before["verdict"]);
  const auto page = running.get("/experiments/checkout").body;
  EXPECT_TRUE(holds(page, "! changed in mid-flight<"));
  EXPECT_TRUE(holds(page, "While it ran, the split of the variants was changed once."));
  EXPECT_TRUE(holds(running.get("/experiments/checkout/report.md").body, "the split of the variants was changed once"));
}

TEST(ApiRunChecks, TheSeriesTellsWhatWasChanged) {
  Running running;
  run_checkout(running, 20, 40);
  change(running, R"({"variants":[{"key":"a","weight":900000},{"key":"b","weight":100000}]})");
  ASSERT_EQ(running.post("/v1/experiments/checkout:pause", "{}").status, 200);
  ASSERT_EQ(running.post("/v1/experiments/checkout:resume", "{}").status, 200);
  std::vector<json> changes;
  std::istringstream lines(running.get("/experiments/checkout/series.ndjson").body);
  for (std::string line; std::getline(lines, line);)
    if (auto read = json::parse(line); read["type"] == "change") changes.push_back(std::move(read));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0]["of"], "split");
  EXPECT_EQ(changes[0]["before"], (json{0.5, 0.5}));
  EXPECT_EQ(changes[0]["after"], (json{0.9, 0.1}));
  EXPECT_EQ(changes[1]["of"], "pause");
  EXPECT_GT(changes[1]["until"].get<std::string>(), changes[1]["at"].get<std::string>());
}

TEST(ApiRunChecks, AStageOfTheJourneyIsShownAtOnceAndChangesNoDigest) {
  Running running;
  run_checkout(running, 20, 40);
  const auto before = json::parse(running.get("/v1/experiments/checkout/report").body);
  const auto metric = running.patch("/v1/metrics/bought", R"({"stage":"purchase"})");
  ASSERT_EQ(metric.status, 200) << metric.body;
  EXPECT_EQ(json::parse(metric.body)["stage"], "purchase");
  const auto page = running.get("/experiments/checkout").body;
  EXPECT_TRUE(holds(page, R"(<span class="stage">Purchase</span>)"));
  EXPECT_FALSE(holds(page, "Where on the journey")) << "one stage is no way";
  const auto after = json::parse(running.get("/v1/experiments/checkout/report").body);
  EXPECT_EQ(after["digest"]["results"], before["digest"]["results"]);
  ASSERT_EQ(running.patch("/v1/metrics/bought", R"({"stage":null})").status, 200);
  EXPECT_FALSE(holds(running.get("/experiments/checkout").body, R"(class="stage")"));
  const auto wrong = running.patch("/v1/metrics/bought", R"({"stage":"checkout"})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(holds(wrong.body, "/stage")) << wrong.body;
}

}  // namespace
}  // namespace touchstone::api
