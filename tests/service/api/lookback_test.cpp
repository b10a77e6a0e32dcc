// What the events of the last days say: of metrics, to plan by, and of units, to count.

#include <cmath>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

/// Of a service that may be asked as often as one likes.
Fitting patient() {
  Fitting fitting;
  fitting.front.slow_rate_limit = 0;
  return fitting;
}

/// Asks until the look back is done.
json ready(Running& running, const std::string& target, const std::string& body = "") {
  for (;;) {
    const auto answer = body.empty() ? running.get(target) : running.post(target, body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto told = json::parse(answer.body);
    if (told["status"] != "computing") return told;
  }
}

std::string at(int day, int hour) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return R"("ts":"2026-01-)" + two(day + 1) + "T" + two(hour) + R"(:00:00Z")";
}

/// 400 people, 20 new ones a day for 20 days, one visit each; every fourth bought for 10, 20 or 30 an hour later.
void fill(Running& running) {
  std::string events;
  for (int i = 0; i < 400; ++i) {
    const std::string who = R"(","unit":"u)" + std::to_string(i) + R"(",)";
    const auto value = std::to_string(10 * (1 + i / 4 % 3));
    events += R"({"type":"event","name":"visit","id":"v)" + std::to_string(i) + who + at(i % 20, 10) + "}\n";
    if (i % 4 == 0)
      events += R"({"type":"event","name":"purchase","value":)" + value + R"(,"id":"p)" + std::to_string(i) + who +
                at(i % 20, 11) + "}\n";
  }
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
  const auto metric = [&](const std::string& document) {
    const auto made = running.post("/v1/metrics", document);
    ASSERT_EQ(made.status, 201) << made.body;
  };
  metric(R"({"key":"bought","kind":"proportion","event":"purchase","window":{"length":"1d"}})");
  metric(R"({"key":"spent","kind":"sum","event":"purchase","decimals":2})");
  metric(R"({"key":"per-visit","kind":"ratio","event":"purchase","denominator":{"event":"visit","of":"occurrence"}})");
  metric(R"({"key":"stayed","kind":"retention","event":"visit","window":{"delay":"30d","length":"1d"}})");
  metric(R"({"key":"sang","kind":"proportion","event":"song"})");
}

json item(const json& told, const std::string& metric) {
  for (const auto& each : told["items"])
    if (each["metric"] == metric) return each;
  return {};
}

TEST(ApiSensitivity, IsTheFigureOfUnitsFromTheirFirstEventOn) {
  Running running({}, patient());
  fill(running);
  const auto told = ready(running, "/v1/sensitivity");
  const auto& look = told["lookback"];
  EXPECT_EQ(look["from"], "2026-01-01T10:00:00Z");
  EXPECT_EQ(look["units"], 400);
  EXPECT_EQ(look["events"], 500);
  EXPECT_NEAR(look["units_per_day"]["mean"].get<double>(), 400. / 19, 1e-6) << "from the first to the last visit";
  EXPECT_DOUBLE_EQ(look["units_per_day"]["slowest"].get<double>(), 20);
  EXPECT_DOUBLE_EQ(look["units_per_day"]["fastest"].get<double>(), 20);
  const auto bought = item(told, "bought");
  EXPECT_EQ(bought["units"], 380) << "the day of those who came last is not over";
  EXPECT_EQ(bought["baseline"]["kind"], "rate");
  EXPECT_NEAR(bought["baseline"]["mean"].get<double>(), 100. / 380, 1e-12);
  // 34 spent 10, 33 spent 20, 33 spent 30 and 300 nothing.
  for (const std::string metric : {"spent", "per-visit"}) {
    EXPECT_NEAR(item(told, metric)["baseline"]["mean"].get<double>(), 1990. / 400, 1e-9) << metric;
    EXPECT_NEAR(item(told, metric)["baseline"]["variance"].get<double>(), (46300 - 1990. * 1990 / 400) / 399, 1e-6);
  }
  EXPECT_EQ(item(told, "stayed")["status"], "not_mature");
  EXPECT_EQ(item(told, "sang")["status"], "zero_variance");
  EXPECT_TRUE(item(told, "sang")["baseline"].is_null());
}

TEST(ApiSensitivity, ChangesTakeAsLongAsTheSampleSizeSays) {
  Running running({}, patient());
  fill(running);
  const auto told = ready(running, "/v1/metrics/spent/sensitivity");
  ASSERT_EQ(told["items"].size(), 1U);
  const auto spent = told["items"][0];
  ASSERT_EQ(spent["changes"].size(), 4U);
  const auto& change = spent["changes"][2];
  EXPECT_EQ(change["relative"], .05);
  const auto deviation = std::to_string(std::sqrt(spent["baseline"]["variance"].get<double>()));
  const auto sized = json::parse(running
                                     .post("/v1/sample-size", R"({"baseline":{"mean":4.975,"deviation":)" + deviation +
                                                                  R"(},"effect":{"relative":0.05}})")
                                     .body);
  const auto units = change["units"].get<double>();
  EXPECT_NEAR(units, sized["units"].get<double>(), 1e-5 * units);
  EXPECT_NEAR(change["days"].get<double>(), units / (400. / 19), 1e-6 * units);
  EXPECT_NEAR(change["days_slowest"].get<double>(), units / 20, 1e-6 * units);
  const auto within = spent["within"][1];
  EXPECT_EQ(within["days"], 28);
  const auto smallest = json::parse(running
                                        .post("/v1/sample-size", R"({"baseline":{"mean":4.975,"deviation":)" +
                                                                     deviation + R"(},"power":0.8,)" + R"("units":)" +
                                                                     std::to_string(28 * 400. / 19) + "}")
                                        .body);
  EXPECT_NEAR(within["relative"].get<double>(), smallest["effect"]["relative"].get<double>(), 1e-5);
}

TEST(ApiSensitivity, TellsTheLastFourteenDays) {
  Running running({}, patient());
  fill(running);
  const auto days = ready(running, "/v1/metrics/bought/sensitivity")["items"][0]["days"];
  ASSERT_EQ(days.size(), 14U);
  EXPECT_EQ(days[13]["day"], "2026-01-20");
  EXPECT_EQ(days[10], json::parse(R"({"day":"2026-01-17","units":20,"value":1})")) << "all of that day bought";
  EXPECT_EQ(days[11], json::parse(R"({"day":"2026-01-18","units":20,"value":0})"));
  const auto stayed = ready(running, "/v1/metrics/stayed/sensitivity")["items"][0]["days"];
  EXPECT_TRUE(stayed[13]["value"].is_null()) << "a day does not tell it";
}

TEST(ApiSensitivity, NoUnitHasAFigureOfAQuantile) {
  Running running({}, patient());
  fill(running);
  ASSERT_EQ(running.post("/v1/metrics", R"({"key":"half","kind":"quantile","quantile":0.5,"event":"purchase"})").status,
            201);
  json told;
  do told = ready(running, "/v1/metrics/half/sensitivity");
  while (told["working"] == true);
  ASSERT_EQ(told["items"].size(), 1U);
  EXPECT_EQ(told["items"][0]["status"], "unsupported_kind");
  EXPECT_TRUE(told["items"][0]["baseline"].is_null());
  EXPECT_TRUE(told["items"][0]["changes"].empty());
}

TEST(ApiSensitivity, FollowsTheDefinition) {
  Running running({}, patient());
  fill(running);
  EXPECT_EQ(ready(running, "/v1/metrics/bought/sensitivity")["items"][0]["version"], 1);
  EXPECT_EQ(running.patch("/v1/metrics/bought", R"({"window":{"length":null}})").status, 200);
  json told;
  do told = ready(running, "/v1/metrics/bought/sensitivity");
  while (told["working"] == true);
  EXPECT_EQ(told["items"][0]["version"], 2);
  EXPECT_EQ(told["items"][0]["units"], 400);
  EXPECT_EQ(running.get("/v1/metrics/none/sensitivity").status, 404);
}

TEST(ApiSensitivity, OfNothingIsNothing) {
  Running running({}, patient());
  const auto told = ready(running, "/v1/sensitivity");
  EXPECT_EQ(told["status"], "ready");
  EXPECT_EQ(told["lookback"]["units"], 0);
  EXPECT_TRUE(told["lookback"]["units_per_day"]["mean"].is_null());
  EXPECT_TRUE(told["items"].empty());
}

/// Ten people: six exposed in Germany, of whom u0 said later that they live in Austria; u8 and u9 said nothing.
void meet(Running& running) {
  std::string events;
  for (int i = 0; i < 10; ++i) {
    const std::string who = R"(","unit":"u)" + std::to_string(i) + R"(",)";
    const std::string country = i < 6 ? "DE" : "FR";
    events += i < 8 ? R"({"type":"exposure","experiment":"e","variant":"v","attributes":{"country":")" + country +
                          R"(","age":)" + std::to_string(20 + i) + R"(},"id":"x)" + std::to_string(i) + who + at(20, 1)
                    : R"({"type":"event","name":"visit","id":"v)" + std::to_string(i) + who + at(20, 1);
    events += "}\n";
  }
  events += R"({"type":"traits","id":"t0","unit":"u0","attributes":{"country":"AT"},)" + at(20, 2) + "}\n";
  events += R"({"type":"traits","id":"t1","unit":"u1","attributes":{"country":"AT"},)" + at(20, 0) + "}\n";
  events += R"({"type":"exposure","experiment":"e","variant":"v","attributes":{"country":"DE"},"id":"old",)"
            R"("unit":"long-gone","ts":"2025-12-01T00:00:00Z"})";
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
}

TEST(ApiSegmentCounts, GoByWhatUnitsCarriedLast) {
  Running running({}, patient());
  meet(running);
  running.post("/v1/segments", R"({"key":"german","when":["country","is","DE"]})");
  const auto count = ready(running, "/v1/segments/german/count")["count"];
  EXPECT_EQ(count["units"], 5) << "u0 moved; what u1 said was before the exposure; long-gone is gone";
  EXPECT_EQ(count["of"], 10);
  EXPECT_EQ(count["without_attributes"], 2);
  ASSERT_EQ(count["sample"].size(), 5U);
  EXPECT_EQ(count["sample"][0]["attributes"], json::parse(R"({"country":"DE","age":21})"));
  EXPECT_EQ(count["sample"][0]["pseudonym"].get<std::string>().size(), 8U);
  EXPECT_EQ(count.dump().find("u1"), std::string::npos) << "no id leaves";
  EXPECT_EQ(running.get("/v1/segments/none/count").status, 404);
}

TEST(ApiSegmentCounts, OfWhatNobodySavedToo) {
  Running running({}, patient());
  meet(running);
  running.post("/v1/segments", R"({"key":"german","when":["country","is","DE"]})");
  running.post("/v1/segments", R"({"key":"named","list":{"unit":"user","ids":["u2","u9"]}})");
  const auto count = [&](const std::string& when) {
    return ready(running, "/v1/segment-counts", R"({"when":)" + when + "}")["count"]["units"];
  };
  EXPECT_EQ(count(R"({"all":[{"segment":"german"},["age","ge",24]]})"), 2);
  EXPECT_EQ(count(R"({"segment":"named"})"), 2);
  EXPECT_EQ(count(R"({"not":["country","exists",true]})"), 2);
  EXPECT_EQ(count(R"({"all":[]})"), 10);
  const auto refused = running.post("/v1/segment-counts", R"({"when":{"segment":"none"}})");
  EXPECT_EQ(refused.status, 422) << refused.body;
  EXPECT_TRUE(member(refused.body, "/errors/0/pointer").starts_with("/when")) << refused.body;
  EXPECT_EQ(member(running.post("/v1/segment-counts", "{}").body, "/errors/0/pointer"), "/when");
}

}  // namespace
}  // namespace touchstone::api
