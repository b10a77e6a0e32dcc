// Two experiments on the same people, and what one of them does to the other.

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

void run(Running& running, std::string_view key, std::string_view name, std::string_view treatment,
         std::string_view unit_type = "user", std::string_view metrics = R"({"metric":"bought"})") {
  const auto made = running.post(
      "/v1/experiments", fmt::format(R"({{"key":"{0}","name":"{1}","exposure":"client","unit_type":"{3}",)"
                                     R"("variants":[{{"key":"control"}},{{"key":"{2}"}}],"plan":{{"metrics":[{4}]}}}})",
                                     key, name, treatment, unit_type, metrics));
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(running.post(fmt::format("/v1/experiments/{}:start", key), R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

std::string exposure(std::string_view experiment, int unit, std::string_view variant) {
  return fmt::format(R"({{"id":"{0}-{1}","type":"exposure","unit":"u{1}","ts":"2026-01-01T10:00:00Z",)"
                     R"("experiment":"{0}","variant":"{2}"}})"
                     "\n",
                     experiment, unit, variant);
}

/// 200 people in each of four cells: 40 of them buy, and 120 where both treatments met.
void fill(Running& running) {
  ASSERT_EQ(
      running.post("/v1/metrics", R"({"key":"bought","name":"Bought","kind":"proportion","event":"purchase"})").status,
      201);
  run(running, "checkout", "Shorter checkout", "one-page");
  run(running, "coupon", "Coupon", "ten-percent");
  run(running, "devices", "Devices", "new", "device");
  for (int cell = 0; cell < 4; ++cell) {
    std::string events;
    for (int i = 0; i < 200; ++i) {
      const int unit = cell * 200 + i;
      events += exposure("checkout", unit, cell < 2 ? "control" : "one-page");
      events += exposure("coupon", unit, cell % 2 == 0 ? "control" : "ten-percent");
      if (i < (cell == 3 ? 120 : 40))
        events +=
            fmt::format(R"({{"id":"p{0}","type":"event","name":"purchase","unit":"u{0}","ts":"2026-01-01T11:00:00Z"}})"
                        "\n",
                        unit);
    }
    ASSERT_EQ(running.post("/v1/events", events).status, 200);
  }
}

json asked(Running& running, std::string_view experiment) {
  const auto answer = running.get(fmt::format("/v1/experiments/{}/interactions", experiment));
  EXPECT_EQ(answer.status, 200) << answer.body;
  return json::parse(answer.body);
}

TEST(ApiInteractions, TellWhatTheOtherExperimentChanges) {
  Running running;
  fill(running);
  const json told = asked(running, "checkout");
  EXPECT_EQ(told["experiment"], "checkout");
  EXPECT_EQ(told["left_out"], 0);
  ASSERT_EQ(told["others"].size(), 1U) << "not that of another kind of unit";
  const json& other = told["others"][0];
  EXPECT_EQ(other["experiment"], "coupon");
  EXPECT_EQ(other["units"], 800);
  EXPECT_EQ(other["assignment"]["chi2"], 0.0);
  EXPECT_EQ(other["assignment"]["dependent"], false);
  const json& row = other["results"][0];
  EXPECT_EQ(row["variant"], "one-page");
  EXPECT_EQ(row["other_variant"], "ten-percent");
  EXPECT_NEAR(row["without"]["estimate"], 0, 1e-12);
  EXPECT_NEAR(row["with"]["estimate"], 0.4, 1e-12);
  EXPECT_NEAR(row["difference"]["estimate"], 0.4, 1e-12);
  EXPECT_EQ(row["stands_out"], true);
}

TEST(ApiInteractions, FollowTheEvents) {
  Running running;
  fill(running);
  EXPECT_EQ(asked(running, "coupon")["others"][0]["units"], 800);
  EXPECT_EQ(asked(running, "coupon"), asked(running, "coupon"));
  ASSERT_EQ(
      running.post("/v1/events", exposure("checkout", 900, "control") + exposure("coupon", 900, "control")).status,
      200);
  EXPECT_EQ(asked(running, "coupon")["others"][0]["units"], 801);
}

TEST(ApiInteractions, StandOnThePage) {
  Running running;
  fill(running);
  const auto page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("Other experiments on the same people"), std::string::npos);
  EXPECT_NE(page.find("<bdi>ten-percent</bdi> of <bdi>Coupon</bdi>"), std::string::npos);
  EXPECT_NE(page.find("+40 points"), std::string::npos) << page.substr(page.find("id=\"interactions\""), 1200);
  EXPECT_EQ(running.get("/experiments/devices").body.find("Other experiments"), std::string::npos);
}

TEST(ApiInteractions, NameTheGoalsThatAreLeftOut) {
  Running running;
  const auto made = running.post(
      "/v1/metrics",
      R"({"key":"per-visit","name":"Orders per visit","kind":"ratio","event":"purchase","denominator":{"event":"visit","of":"occurrence"}})");
  ASSERT_EQ(made.status, 201) << made.body;
  fill(running);
  run(running, "prices", "Prices", "lower", "user", R"({"metric":"per-visit"})");
  std::string events;
  for (int unit = 0; unit < 100; ++unit) events += exposure("prices", unit, unit % 2 == 0 ? "control" : "lower");
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
  const json told = asked(running, "prices");
  EXPECT_EQ(told["goals_left_out"], json::array({"per-visit"}));
  EXPECT_EQ(told["others"][0]["results"], json::array());
  EXPECT_EQ(asked(running, "checkout")["goals_left_out"], json::array());
  const auto page = running.get("/experiments/prices").body;
  EXPECT_NE(page.find("No goal here can be told by parts of its units."), std::string::npos);
  EXPECT_NE(page.find("Not told of ratios, quantiles and caps by percentile: Orders per visit."), std::string::npos);
}

TEST(ApiInteractions, OfAnUnknownExperimentAreNotFound) {
  Running running;
  EXPECT_EQ(running.get("/v1/experiments/none/interactions").status, 404);
}

}  // namespace
}  // namespace touchstone::api
