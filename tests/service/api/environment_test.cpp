// Time zone, currency and population of an environment.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using nlohmann::json;

json environment_of(Running& running) { return json::parse(running.get("/v1/environment").body); }

TEST(ApiEnvironment, IsUtcUntilSomebodySetsIt) {
  Running running;
  const auto answer = running.get("/v1/environment");
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("ETag"), "\"0\"");
  EXPECT_EQ(json::parse(answer.body),
            json::parse(R"({"project":"default","key":"production","version":0,"time_zone":"UTC","currency":null,)"
                        R"("population":null})"));
}

TEST(ApiEnvironment, ChangesWhatItIsToldAndKeepsIt) {
  Running running;
  const auto set = running.patch("/v1/environment?reason=we+live+there",
                                 R"({"time_zone":"Europe/Berlin","currency":"EUR","population":41000})");
  ASSERT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(set.header("ETag"), "\"1\"");
  running.restart();
  EXPECT_EQ(environment_of(running), json::parse(set.body));
  EXPECT_EQ(environment_of(running)["time_zone"], "Europe/Berlin");
  ASSERT_EQ(running.patch("/v1/environment", R"({"currency":null,"version":1})").status, 200);
  const auto now = environment_of(running);
  EXPECT_TRUE(now["currency"].is_null());
  EXPECT_EQ(now["population"], 41000);
  EXPECT_EQ(now["version"], 2);
}

TEST(ApiEnvironment, StandsInTheHistoryWithItsReason) {
  Running running;
  running.patch("/v1/environment?reason=we+live+there", R"({"time_zone":"Europe/Berlin"})");
  const auto changes = json::parse(running.get("/v1/changes?entity=environment").body)["items"];
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0]["reason"], "we live there");
  EXPECT_EQ(changes[0]["document"]["time_zone"], "Europe/Berlin");
}

TEST(ApiEnvironment, IsChangedFromTheVersionThatWasSeen) {
  Running running;
  const auto change = [&](const std::string& seen) {
    return running.send({Method::patch,
                         "/v1/environment",
                         R"({"currency":"EUR"})",
                         "application/json",
                         {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}, {"If-Match", seen}}});
  };
  EXPECT_EQ(change("\"0\"").status, 200);
  const auto stale = change("\"0\"");
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.header("ETag"), "\"1\"");
}

TEST(ApiEnvironment, SaysWhichFieldIsWrongAndWhatToWrite) {
  Running running;
  const auto refused = [&](const std::string& body, const std::string& pointer, std::string_view hint) {
    const auto answer = running.patch("/v1/environment", body);
    EXPECT_EQ(answer.status, 422) << body;
    EXPECT_EQ(member(answer.body, "/errors/0/pointer"), pointer) << answer.body;
    EXPECT_NE(member(answer.body, "/errors/0/hint").find(hint), std::string::npos) << answer.body;
  };
  refused(R"({"time_zone":"Berlin"})", "/time_zone", "Europe/Berlin");
  refused(R"({"time_zone":null})", "/time_zone", "");
  refused(R"({"currency":"eur"})", "/currency", "ISO 4217");
  refused(R"({"currency":"EURO"})", "/currency", "ISO 4217");
  refused(R"({"currency":"€"})", "/currency", "ISO 4217");
  refused(R"({"population":0})", "/population", "1");
  refused(R"({"population":100000000001})", "/population", "100000000000");
  refused(R"({"population":1.5})", "/population", "");
  refused(R"({"key":"other"})", "/key", "");
  refused(R"({"timezone":"UTC"})", "/timezone", "");
  EXPECT_EQ(environment_of(running)["version"], 0);
}

}  // namespace
}  // namespace touchstone::api
