// Tracking beside OFREP, as service/api/README.md specifies it.

#include <array>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

const std::string kTrack = "/ofrep/v1/track";

/// In whole seconds, and not before what is started now.
std::string soon() {
  const auto seconds =
      std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::seconds(60);
  const auto time = std::chrono::system_clock::to_time_t(seconds);
  std::array<char, 32> text{};
  std::tm parts{};
  gmtime_r(&time, &parts);
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

class ApiOfrepTrack : public testing::Test {
 protected:
  void start(const std::string& key, const std::string& members) {
    const auto made = running_.post("/v1/experiments?start",
                                    R"({"key":")" + key + R"(","variants":[{"key":"a"},{"key":"b"}],)" + members + "}");
    ASSERT_EQ(made.status, 201) << made.body;
  }
  json track(const std::string& context, const std::string& items) {
    const auto answer = running_.post(kTrack, R"({"context":)" + context + R"(,"events":[)" + items + "]}");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  std::string item(const std::string& id, const std::string& name, const std::string& more = "") const {
    return R"({"id":")" + id + R"(","name":")" + name + R"(","timestamp":")" + now_ + '"' + more + "}";
  }
  /// Units that the report counts, and exposures.
  json exposures(const std::string& experiment) {
    return json::parse(running_.get("/v1/experiments/" + experiment + "/report").body).at("counts");
  }
  std::string variant_of(const std::string& flag, const std::string& unit) {
    return member(running_.post("/v1/evaluate", R"({"flags":[")" + flag + R"("],"unit":)" + unit + "}").body,
                  "/evaluations/0/variant");
  }
  static std::string evaluation(const std::string& flag, const std::string& variant, const std::string& reason) {
    return R"(,"attributes":{"feature_flag.key":")" + flag + R"(","feature_flag.result.variant":")" + variant +
           R"(","feature_flag.result.reason":")" + reason + R"(","feature_flag.context.id":"u1"})";
  }

  Running running_;
  std::string now_ = soon();
};

TEST_F(ApiOfrepTrack, AnEvaluationOfAnExperimentIsAnExposure) {
  start("told", R"("exposure":"client")");
  const auto variant = variant_of("told", R"("u1")");
  const std::string name = "feature_flag.evaluation";
  track("{}", item("1", name, evaluation("told", variant, "split")) + "," +
                  item("2", name, evaluation("told", variant, "targeting_match")) + "," +
                  item("3", name, evaluation("told", "unknown", "split")) + "," +
                  item("4", name, evaluation("nothing", "a", "split")));
  EXPECT_EQ(exposures("told").at("units"), 1) << exposures("told");
  EXPECT_EQ(exposures("told").at("exposures"), 1);
}

TEST_F(ApiOfrepTrack, TheUnitIsTheOneThatTheExperimentDraws) {
  start("by-device", R"("exposure":"client","unit_type":"device")");
  const auto variant = variant_of("by-device", R"({"type":"device","id":"d1"})");
  const auto said = item("1", "feature_flag.evaluation", evaluation("by-device", variant, "split"));
  EXPECT_EQ(track(R"({"targetingKey":"u1","device":"d1"})", said).at("stored"), 1);
  EXPECT_EQ(exposures("by-device").at("units"), 1);
  const auto nobody = track(R"({"targetingKey":"u1"})",
                            item("2", "feature_flag.evaluation", evaluation("by-device", variant, "split")));
  EXPECT_EQ(nobody.at("items").at(0).at("error").at("pointer"), "/events/0/context");
}

TEST_F(ApiOfrepTrack, AnEventExposesWhomItsFilterAndTheConditionLet) {
  start("viewed", R"("exposure":{"event":"view","filter":["page","is","cart"]},"when":["plan","is","pro"])");
  const std::string cart = R"(,"details":{"page":"cart"})";
  track(R"({"targetingKey":"u1","plan":"pro"})", item("1", "view", cart) + "," + item("2", "view"));
  track(R"({"targetingKey":"u2","plan":"free"})", item("3", "view", cart));
  EXPECT_EQ(exposures("viewed").at("units"), 1) << exposures("viewed");
  const auto repeated = track(R"({"targetingKey":"u1","plan":"pro"})", item("1", "view", cart));
  EXPECT_EQ(repeated.at("duplicate"), 1);
  EXPECT_EQ(exposures("viewed").at("exposures"), 1);
}

TEST_F(ApiOfrepTrack, AnEventThatIsSentAgainAfterTheWeightsMovedExposesNobodyAnew) {
  start("moved", R"("exposure":{"event":"view"})");
  std::string views;
  for (int i = 0; i < 20; ++i) {
    const auto number = std::to_string(i);
    views.append(i == 0 ? "" : ",").append(R"({"type":"event","name":"view","id":"v)").append(number);
    views.append(R"(","unit":"u)").append(number).append(R"(","ts":")").append(now_).append("\"}");
  }
  ASSERT_EQ(running_.post("/v1/events", "[" + views + "]").status, 200);
  ASSERT_EQ(
      running_
          .patch(
              "/v1/experiments/moved",
              R"({"variants":[{"key":"a","weight":5,"values":{"moved":false}},{"key":"b","weight":95,"values":{"moved":true}}]})")
          .status,
      200);
  ASSERT_EQ(running_.post("/v1/events", "[" + views + "]").status, 200);
  EXPECT_EQ(exposures("moved").at("exposures"), 20) << exposures("moved");
  EXPECT_EQ(exposures("moved").at("crossover_units"), 0);
}

TEST_F(ApiOfrepTrack, AnEventOfTheNativeRouteExposesToo) {
  start("bought", R"("exposure":{"event":"buy"},"when":["plan","is","pro"])");
  const auto sent = running_.post("/v1/events", R"([{"type":"event","name":"buy","unit":"u1","ts":")" + now_ +
                                                    R"(","properties":{"plan":"pro"}},{"type":"event","name":"buy",)" +
                                                    R"("unit":"u2","ts":")" + now_ + R"("}])");
  EXPECT_EQ(json::parse(sent.body).at("items").size(), 2) << sent.body;
  EXPECT_EQ(exposures("bought").at("units"), 1);
}

TEST_F(ApiOfrepTrack, WhatItSaysIsKeptAndWhoSaidItIsNot) {
  const auto kept = running_.post("/v1/metrics", R"({"key":"paid","kind":"sum","event":"pay"})");
  ASSERT_EQ(kept.status, 201);
  const auto answer = track(R"({"targetingKey":"u1","email":"private@example.org"})",
                            item("1", "pay", R"(,"details":{"value":2.5,"currency":"EUR"})") + "," +
                                item("2", "pay", R"(,"details":{"value":1e16})") + "," + item("3", "pay", R"(,"x":1)") +
                                "," + item("4", "a b") + R"(,{"name":"pay","timestamp":"soon"},7)");
  EXPECT_EQ(answer.at("stored"), 1);
  std::vector<std::string> pointers;
  for (const auto& one : answer.at("items"))
    pointers.push_back(one.contains("error") ? one.at("error").at("pointer").get<std::string>() : "");
  EXPECT_EQ(pointers, (std::vector<std::string>{"", "/events/1/details/value", "/events/2/x", "/events/3/name",
                                                "/events/4/timestamp", "/events/5"}));
}

TEST_F(ApiOfrepTrack, ABodyThatCannotBeReadIsRefusedInOfrepsWords) {
  for (const std::string body :
       {"", "[", "[]", "{}", R"({"events":{}})", R"({"events":[],"sentAt":"now"})", R"({"events":[],"more":1})"}) {
    const auto answer = running_.post(kTrack, body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(member(answer.body, "/errorCode"), "PARSE_ERROR") << body;
  }
}

}  // namespace
}  // namespace touchstone::api
