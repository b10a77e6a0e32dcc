// How long units stay, told of those who are still there too.

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

std::string at(int day, int hour) { return fmt::format("2026-01-{:02}T{:02}:00:00Z", 1 + day, hour); }

std::string exposure(int unit, int day) {
  return fmt::format(
      R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"{1}","experiment":"trial","variant":"{2}"}})"
      "\n",
      unit, at(day, 10), unit % 2 == 0 ? "control" : "long");
}

std::string event(std::string_view name, int unit, int day, int hour) {
  return fmt::format(R"({{"id":"{0}{1}-{2}","type":"event","name":"{0}","unit":"u{1}","ts":"{3}"}})"
                     "\n",
                     name, unit, day, at(day, hour));
}

/// Five people a variant, one a day. Of control the first leaves on its third day and the fourth on its second; of the
/// other the first on its fifth. The clock stands on the seventh day, noon.
void run(Running& running, std::string_view horizon) {
  for (
      const char* metric :
      {R"({"key":"left","name":"Left","kind":"churn","event":"leave","window":{"length":"30d"}})",
       R"({"key":"first-call","kind":"duration","event":"call","window":{"length":"20d"}})",
       R"({"key":"lost","kind":"churn","lost_by":"inactivity","event":"visit","window":{"delay":"1d","length":"7d"}})"}) {
    const auto made = running.post("/v1/metrics", metric);
    ASSERT_EQ(made.status, 201) << made.body;
  }
  const auto made = running.post(
      "/v1/experiments",
      fmt::format(R"({{"key":"trial","exposure":"client","variants":[{{"key":"control"}},{{"key":"long"}}],"plan":{{{})"
                  R"("metrics":[{{"metric":"left"}},{{"metric":"first-call","role":"secondary"}},)"
                  R"({{"metric":"lost","role":"secondary"}}]}}}})",
                  horizon));
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(running.post("/v1/experiments/trial:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  std::string events;
  for (int unit = 0; unit < 10; ++unit) events += exposure(unit, unit / 2);
  events += event("leave", 0, 2, 22) + event("leave", 6, 4, 16) + event("leave", 1, 4, 12) + event("leave", 1, 5, 12);
  events += event("call", 2, 1, 22) + event("end", 0, 6, 15);
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
}

json asked(Running& running) {
  const auto answer = running.get("/v1/experiments/trial/survival");
  EXPECT_EQ(answer.status, 200) << answer.body;
  return json::parse(answer.body);
}

// By hand: of control one of five leaves at 2 days, and at 3 one of the three that are still in sight.
TEST(ApiSurvival, TellsTheCurveOfWhoeverIsStillThere) {
  Running running;
  run(running, "");
  const json told = asked(running);
  ASSERT_EQ(told["metrics"].size(), 2U) << "not that by inactivity";
  const json& left = told["metrics"][0];
  EXPECT_EQ(left["metric"], "left");
  EXPECT_EQ(left["kind"], "churn");
  EXPECT_EQ(left["step"], "day");
  EXPECT_EQ(left["tested_at"], nullptr);
  EXPECT_TRUE(left["survival"]["results"].empty());
  const json& control = left["survival"]["variants"][0];
  EXPECT_EQ(control["variant"], "control");
  EXPECT_EQ(control["customers"], 5);
  ASSERT_EQ(control["curve"].size(), 2U);
  EXPECT_EQ(control["curve"][0]["time"], 2.0);
  EXPECT_NEAR(control["curve"][0]["survival"], 4.0 / 5, 1e-12);
  EXPECT_NEAR(control["curve"][1]["survival"], 4.0 / 5 * 2 / 3, 1e-12);
  EXPECT_EQ(left["survival"]["variants"][1]["ended"], 1) << "once, however often it leaves";
  const json& call = told["metrics"][1];
  EXPECT_EQ(call["kind"], "duration");
  EXPECT_EQ(call["survival"]["variants"][0]["curve"][0]["time"], 1.0);
}

TEST(ApiSurvival, IsComparedFromThePlannedEndOn) {
  Running running;
  run(running, R"("horizon":{"ends_at":"2026-01-07T00:00:00Z"},)");
  const json left = asked(running)["metrics"][0];
  EXPECT_EQ(left["tested_at"], "2026-01-07T00:00:00Z");
  ASSERT_EQ(left["survival"]["results"].size(), 1U);
  EXPECT_EQ(left["survival"]["results"][0]["variant"], "long");
  EXPECT_LT(left["survival"]["results"][0]["hazard_ratio"]["ratio"], 1.0);
}

TEST(ApiSurvival, StandsOnThePage) {
  Running running;
  run(running, "");
  const auto page = running.get("/experiments/trial").body;
  EXPECT_NE(page.find("How long until it happens"), std::string::npos);
  EXPECT_NE(page.find("<bdi>control</bdi>: 5 units, it happened to 2."), std::string::npos);
  EXPECT_NE(page.find("53.3"), std::string::npos) << "4/5 2/3 of a hundred";
}

TEST(ApiSurvival, OfAnUnknownExperimentIsNotFound) {
  Running running;
  EXPECT_EQ(running.get("/v1/experiments/none/survival").status, 404);
}

}  // namespace
}  // namespace touchstone::api
