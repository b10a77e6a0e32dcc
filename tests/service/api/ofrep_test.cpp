// OFREP 0.3 over HTTP: github.com/open-feature/protocol, service/openapi.yaml, says what each answer holds.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

const std::string kFlags = "/ofrep/v1/evaluate/flags";

class ApiOfrep : public testing::Test {
 protected:
  ApiOfrep() {
    make("/v1/flags",
         R"({"key":"banner","type":"string","off_value":"off","default":"none","rules":)"
         R"([{"when":["plan","is","pro"],"give":"gold"},{"when":["address.city","is","Bonn"],"give":"Rhine"},)"
         R"({"when":["device","is","d1"],"give":"device"},{"when":["tags","contains","3"],"give":"three"}]})");
    make("/v1/flags", R"({"key":"limit","type":"int","off_value":0,"default":10})");
    make("/v1/flags", R"({"key":"off","type":"bool","off_value":false,"default":true,"enabled":false})");
    make("/v1/flags", R"({"key":"theme","type":"json","off_value":{},"default":{"dark":true}})");
    make("/v1/experiments?start", R"({"key":"checkout","variants":[{"key":"control"},{"key":"one-page"}]})");
    make("/v1/experiments?start",
         R"({"key":"told","exposure":"client","unit_type":"device","variants":[{"key":"a"},{"key":"b"}]})");
  }

  void make(const std::string& target, const std::string& body) {
    const auto made = running_.post(target, body);
    ASSERT_EQ(made.status, 201) << made.body;
  }
  http::ClientResponse one(const std::string& key, const std::string& context) {
    return running_.post(kFlags + "/" + key, R"({"context":)" + context + "}");
  }
  json flag(const std::string& key, const std::string& context) {
    const auto answer = one(key, context);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  http::ClientResponse bulk(const std::string& context, const std::string& if_none_match = "") {
    http::ClientRequest request{http::Method::post, kFlags, R"({"context":)" + context + "}", "application/json", {}};
    request.headers.emplace_back("Authorization", "Bearer " + running_.key(fast::KeyKind::client));
    if (!if_none_match.empty()) request.headers.emplace_back("If-None-Match", if_none_match);
    return running_.send(request);
  }

  Running running_;
};

TEST_F(ApiOfrep, AValueHasItsTypeAndItsReason) {
  EXPECT_EQ(flag("limit", "{}").at("value"), 10);
  EXPECT_EQ(flag("limit", "{}").at("reason"), "STATIC");
  EXPECT_EQ(flag("theme", "{}").at("value"), json::parse(R"({"dark":true})"));
  EXPECT_EQ(flag("off", "{}").at("value"), false);
  EXPECT_EQ(flag("off", "{}").at("reason"), "DISABLED");
  EXPECT_EQ(flag("banner", R"({"plan":"pro"})").at("reason"), "TARGETING_MATCH");
  EXPECT_EQ(flag("banner", R"({"plan":"free"})").at("reason"), "DEFAULT");
}

TEST_F(ApiOfrep, AnExperimentSplitsAndSaysWhichItIs) {
  const auto given = flag("checkout", R"({"targetingKey":"u1"})");
  EXPECT_EQ(given.at("reason"), "SPLIT");
  EXPECT_EQ(given.at("value"), given.at("variant") == "one-page");
  EXPECT_EQ(given.at("metadata").at("experiment"), "checkout");
  EXPECT_EQ(given.at("metadata").at("layer"), "checkout");
  EXPECT_EQ(given.at("metadata").at("phase"), 1);
  EXPECT_EQ(given.at("metadata").at("exposure"), "evaluate");
  EXPECT_EQ(given.at("metadata").at("version"),
            member(running_.post("/v1/evaluate", R"({"flag":"limit"})").body, "/config_version"));
  EXPECT_EQ(flag("told", R"({"device":"d1"})").at("metadata").at("exposure"), "client");
}

TEST_F(ApiOfrep, AContextIsReadAsOpenFeatureWritesIt) {
  EXPECT_EQ(flag("banner", R"({"address":{"city":"Bonn","zip":null}})").at("value"), "Rhine");
  EXPECT_EQ(flag("banner", R"({"device":"d1","since":"2026-01-01T00:00:00.000Z"})").at("value"), "device");
  EXPECT_EQ(flag("banner", R"({"tags":[1,true,3,{"a":1},null,["x"]]})").at("value"), "three");
}

TEST_F(ApiOfrep, WhatCannotBeEvaluatedSaysWhy) {
  struct Case {
    std::string key;
    std::string body;
    int status;
    std::string code;
  };
  for (const auto& [key, body, status, code] :
       {Case{"none", R"({"context":{}})", 404, "FLAG_NOT_FOUND"},
        Case{"no%20key", R"({"context":{}})", 404, "FLAG_NOT_FOUND"},
        Case{"checkout", R"({"context":{}})", 400, "TARGETING_KEY_MISSING"},
        Case{"checkout", R"({"context":{"targetingKey":""}})", 400, "TARGETING_KEY_MISSING"},
        Case{"checkout", R"({"context":{"targetingKey":7}})", 400, "INVALID_CONTEXT"},
        Case{"checkout", R"({"context":{"targetingKey":"\u0001"}})", 400, "INVALID_CONTEXT"},
        Case{"checkout", R"({"context":"u1"})", 400, "INVALID_CONTEXT"}, Case{"checkout", "{}", 400, "INVALID_CONTEXT"},
        Case{"checkout", "", 400, "PARSE_ERROR"}, Case{"checkout", "{", 400, "PARSE_ERROR"},
        Case{"checkout", R"({"context":{"a":1,"a":2}})", 400, "PARSE_ERROR"}}) {
    const auto answer = running_.post(kFlags + "/" + key, body);
    EXPECT_EQ(answer.status, status) << key << body;
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(answer.body).at("errorCode"), code) << key << body;
    EXPECT_EQ(json::parse(answer.body).at("key"), key == "no%20key" ? "no key" : key);
  }
}

TEST_F(ApiOfrep, AKeyThatNoFlagCanHaveIsNotFoundInItsOwnWords) {
  for (const auto& [path, key] : std::vector<std::pair<std::string, std::string>>{{"a/b", "a/b"},
                                                                                  {"a%2Fb", "a/b"},
                                                                                  {"a%20b/c", "a b/c"},
                                                                                  {"a%20b/c?d", "a b/c"},
                                                                                  {"..", ".."},
                                                                                  {"a//b", "a//b"},
                                                                                  {"a+b;c", "a+b;c"},
                                                                                  {"a%5Cb", "a\\b"},
                                                                                  {"a%00b", std::string("a\0b", 3)},
                                                                                  {"%C3%A4", "\u00e4"},
                                                                                  {"a%2525", "a%25"}}) {
    const auto answer = running_.post(kFlags + "/" + path, R"({"context":{}})");
    EXPECT_EQ(answer.status, 404) << path << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/json") << path;
    const auto body = json::parse(answer.body);
    EXPECT_EQ(body.at("errorCode"), "FLAG_NOT_FOUND") << path;
    EXPECT_EQ(body.at("key"), key) << path;
  }
  for (const std::string path : {"", "%", "a%zz", "%FF/"}) {
    const auto answer = running_.post(kFlags + "/" + path, R"({"context":{}})");
    EXPECT_EQ(answer.status, 404) << path << answer.body;
    EXPECT_EQ(member(answer.body, "/errorCode"), "FLAG_NOT_FOUND") << path;
  }
  EXPECT_EQ(running_.post("/ofrep/v1/evaluate/flag", "{}").header("Content-Type"), "application/problem+json");
}

TEST_F(ApiOfrep, ALongContextIsRefused) {
  std::string context = "{";
  for (int i = 0; i < 257; ++i) context += (i == 0 ? "\"a" : ",\"a") + std::to_string(i) + "\":1";
  EXPECT_EQ(member(one("limit", context + "}").body, "/errorCode"), "INVALID_CONTEXT");
}

TEST_F(ApiOfrep, AllFlagsAtOnce) {
  const auto answer = bulk(R"({"targetingKey":"u1"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = json::parse(answer.body);
  ASSERT_EQ(body.at("flags").size(), 6);
  EXPECT_EQ(body.at("flags").at(1).at("key"), "checkout");
  EXPECT_EQ(body.at("flags").at(1).at("reason"), "SPLIT");
  EXPECT_TRUE(body.at("metadata").at("version").is_string());
  const auto nobody = json::parse(bulk("{}").body);
  EXPECT_EQ(nobody.at("flags").at(1).at("errorCode"), "TARGETING_KEY_MISSING");
  EXPECT_EQ(nobody.at("flags").at(2).at("value"), 10);
}

TEST_F(ApiOfrep, ABulkAnswerSaysOfEachFlagWhatASingleOneSays) {
  std::set<std::string> seen;
  for (int i = 0; i < 60; ++i) {
    const auto context = R"({"targetingKey":"u)" + std::to_string(i) + R"(","device":"d)" + std::to_string(i % 7) +
                         (i % 3 == 0 ? R"(","plan":"pro"})" : R"("})");
    const auto all = json::parse(bulk(context).body);
    for (const auto& item : all.at("flags")) {
      auto alone = flag(item.at("key"), context);
      alone.at("metadata").erase("configAgeMs");
      EXPECT_EQ(item, alone);
      seen.insert(item.dump());
    }
    if (i == 30) {
      EXPECT_EQ(running_.patch("/v1/flags/limit", R"({"default":12})").status, 200);
    }
  }
  EXPECT_GT(seen.size(), 12U) << "of two configurations";
}

TEST_F(ApiOfrep, AnswersSayHowOldTheConfigurationIs) {
  const auto expect_age = [](const json& age) {
    EXPECT_TRUE(age.is_number_unsigned()) << age;
    EXPECT_LT(age.get<std::int64_t>(), 3'600'000) << "no instant, but an age";
  };
  expect_age(flag("limit", "{}").at("metadata").at("configAgeMs"));
  expect_age(json::parse(bulk("{}").body).at("metadata").at("configAgeMs"));
  expect_age(json::parse(running_.post("/v1/evaluate", R"({"flag":"limit"})").body).at("config_age_ms"));
  expect_age(json::parse(running_.get("/v1/evaluate").body).at("config_age_ms"));
}

TEST_F(ApiOfrep, TheEtagNamesTheResult) {
  const std::string free = R"({"targetingKey":"u1","plan":"free"})";
  const auto etag = std::string(bulk(free).header("ETag"));
  const auto again = bulk(free, etag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.header("ETag"), etag);
  EXPECT_EQ(bulk(free, "\"other\", " + etag.substr(2)).status, 304);
  EXPECT_EQ(bulk(R"({"targetingKey":"u1","plan":"pro"})", etag).status, 200) << "the context is another";
  EXPECT_EQ(bulk(R"({"targetingKey":"u1","plan":"basic"})", etag).status, 304) << "the result is the same";

  make("/v1/segments", R"({"key":"pro","when":["plan","is","pro"]})");
  EXPECT_EQ(bulk(free, etag).status, 304) << "what changed decides nothing here";
  EXPECT_EQ(running_.patch("/v1/flags/limit", R"({"default":11})").status, 200);
  EXPECT_EQ(bulk(free, etag).status, 200);
}

TEST_F(ApiOfrep, ASingleEvaluationExposesAndABulkOneDoesNot) {
  const auto exposed = [this] {
    const auto& metrics = running_.get("/metrics").body;
    const auto at = metrics.find("touchstone_exposures_total{outcome=\"queued\"} ");
    return metrics.substr(at, metrics.find('\n', at) - at);
  };
  const auto before = exposed();
  EXPECT_EQ(bulk(R"({"targetingKey":"u1"})").status, 200);
  flag("told", R"({"device":"d1"})");
  EXPECT_EQ(exposed(), before);
  flag("checkout", R"({"targetingKey":"u1"})");
  EXPECT_NE(exposed(), before);
}

TEST_F(ApiOfrep, AKeyMayBeShownInEitherHeader) {
  const auto ask = [this](const std::string& name, const std::string& value) {
    return running_.send({http::Method::post, kFlags, R"({"context":{}})", "application/json", {{name, value}}});
  };
  const auto key = running_.key(fast::KeyKind::client);
  EXPECT_EQ(ask("X-API-Key", key).status, 200);
  EXPECT_EQ(ask("Authorization", "Bearer " + key).status, 200);
  const auto refused = ask("X-API-Key", "ts_client_wrong");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.header("Content-Type"), "application/json");
  EXPECT_EQ(member(refused.body, "/errorCode"), "GENERAL");
}

TEST(ApiOfrepRate, WhoAsksTooOftenIsToldHowLongToWait) {
  Running running({}, {.front = {.rate_limit = 1}});
  http::ClientResponse answer;
  for (int attempt = 0; attempt < 100 && answer.status != 429; ++attempt)
    answer = running.post(kFlags + "/any", R"({"context":{}})");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  EXPECT_EQ(json::parse(answer.body).at("key"), "any");
  EXPECT_EQ(json::parse(answer.body).at("errorCode"), "GENERAL");
}

}  // namespace
}  // namespace touchstone::api
