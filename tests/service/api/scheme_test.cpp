// Schemes and typed values that own experiments and flags can have, over HTTP.

#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

std::string experiment(const std::string& key, const std::string& members) {
  return R"({"key":")" + key + "\"," + members + R"("variants":[{"key":"a"},{"key":"b"}]})";
}

TEST(ApiScheme, TheKeyedSchemeIsDecidedHereAndGivesNothingAway) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments?start", experiment("open", "")).status, 201);
  const auto made = running.post("/v1/experiments?start", experiment("gamed", R"("scheme":"touchstone-1k",)"));
  ASSERT_EQ(made.status, 201) << made.body;
  const auto salt = member(made.body, "/salt");
  const auto layer = member(running.get("/v1/layers/gamed").body, "/salt");
  ASSERT_EQ(salt.size(), 23U);
  std::string seen;
  for (int i = 0; i < 200; ++i) {
    const auto answer = running.get("/v1/evaluate?flag=gamed&unit=u" + std::to_string(i)).body;
    EXPECT_EQ(member(answer, "/cause"), "assigned") << answer;
    seen += member(answer, "/variant");
  }
  EXPECT_NE(seen.find('a'), std::string::npos);
  EXPECT_NE(seen.find('b'), std::string::npos);
  const auto snapshot = running.send_as(running.key(fast::KeyKind::sdk), http::Method::get, "/v1/snapshot").body;
  EXPECT_EQ(snapshot.find(salt), std::string::npos);
  EXPECT_EQ(snapshot.find(layer), std::string::npos);
  EXPECT_EQ(member(snapshot, "/experiments/gamed/scheme"), "touchstone-1k");
  EXPECT_EQ(member(snapshot, "/experiments/gamed/entry"), "[]");
  EXPECT_NE(member(snapshot, "/experiments/open/salt"), "");
  running.restart();
  std::string again;
  for (int i = 0; i < 200; ++i)
    again += member(running.get("/v1/evaluate?flag=gamed&unit=u" + std::to_string(i)).body, "/variant");
  EXPECT_EQ(again, seen);
}

TEST(ApiScheme, TwoSchemesDoNotShareALayer) {
  Running running;
  ASSERT_EQ(running.post("/v1/layers", R"({"key":"top"})").status, 201);
  ASSERT_EQ(running.post("/v1/experiments", experiment("one", R"("layer":"top","coverage":"40%",)")).status, 201);
  const auto refused =
      running.post("/v1/experiments", experiment("two", R"("layer":"top","scheme":"growthbook-2","coverage":"40%",)"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/scheme");
  ASSERT_EQ(running.post("/v1/experiments/one:archive", "").status, 200);
  EXPECT_EQ(
      running.post("/v1/experiments", experiment("three", R"("layer":"top","scheme":"growthbook-2","coverage":"40%",)"))
          .status,
      201);
}

TEST(ApiScheme, ThePlannerCountsUnderEveryScheme) {
  for (const std::string scheme : {"touchstone-1", "touchstone-1k", "growthbook-2"}) {
    Running running;
    ASSERT_EQ(
        running.post("/v1/experiments?start", experiment("e", R"("exposure":"client","scheme":")" + scheme + "\","))
            .status,
        201);
    std::string batch;
    for (int i = 0; i < 200; ++i) {
      const auto id = "u" + std::to_string(i);
      const auto met = member(running.get("/v1/evaluate?flag=e&unit=" + id).body, "/variant");
      batch += R"({"id":"x)" + id + R"(","type":"exposure","unit":")" + id +
               R"(","ts":"2026-01-02T00:00:00Z","experiment":"e","variant":")" + met + "\"}\n";
    }
    ASSERT_EQ(running.post("/v1/events", batch).status, 200);
    const std::string change =
        R"({"coverage":"50%","variants":[{"key":"a","weight":80,"values":{"e":false}},{"key":"b","weight":20,"values":{"e":true}}]})";
    const auto told = running.post("/v1/experiments/e/plan-change", change).body;
    std::string before;
    for (int i = 0; i < 200; ++i)
      before += member(running.get("/v1/evaluate?flag=e&unit=u" + std::to_string(i)).body, "/variant");
    ASSERT_EQ(running.patch("/v1/experiments/e", change).status, 200);
    int moved = 0;
    int gone = 0;
    for (std::size_t i = 0; i < 200; ++i) {
      const auto now = member(running.get("/v1/evaluate?flag=e&unit=u" + std::to_string(i)).body, "/variant");
      gone += now == "null" ? 1 : 0;
      moved += now != "null" && now != before.substr(i, 1) ? 1 : 0;
    }
    EXPECT_EQ(member(told, "/moved"), std::to_string(moved)) << scheme;
    EXPECT_EQ(member(told, "/leaving"), std::to_string(gone)) << scheme;
    EXPECT_GT(gone, 0) << scheme;
  }
}

TEST(ApiScheme, ElsewhereAssignedTheExposureIsBelieved) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments", experiment("e", R"("scheme":"external",)")).status, 201);
  ASSERT_EQ(running.post("/v1/experiments/e:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  ASSERT_EQ(
      running
          .post(
              "/v1/events",
              R"([{"id":"1","type":"exposure","unit":"u1","ts":"2026-01-02T00:00:00Z","experiment":"e","variant":"b"},)"
              R"({"id":"2","type":"exposure","unit":"u2","ts":"2026-01-02T00:00:00Z","experiment":"e","variant":"a"}])")
          .status,
      200);
  EXPECT_EQ(member(running.get("/v1/experiments/e/report").body, "/counts/units"), "2");
}

TEST(ApiScheme, AFallbackIsAnotherTypeAndIdsAreTexts) {
  Running running;
  const auto same = running.post("/v1/experiments", experiment("e", R"("fallback_unit_type":"user",)"));
  EXPECT_EQ(same.status, 422);
  EXPECT_EQ(member(same.body, "/errors/0/pointer"), "/fallback_unit_type");
  ASSERT_EQ(running.post("/v1/experiments?start", experiment("e", R"("fallback_unit_type":"device",)")).status, 201);
  const auto ask = [&](const std::string& who) { return running.post("/v1/evaluate", R"({"flag":"e",)" + who + "}"); };
  EXPECT_EQ(member(ask(R"("unit":{"type":"device","id":"d1"})").body, "/cause"), "assigned");
  EXPECT_EQ(member(ask(R"("unit":{"type":"account","id":"c1"})").body, "/cause"), "unit_missing");
  for (const std::string who :
       {R"("unit":"")", R"("unit":7)", R"("unit":null)", R"("unit":{"type":"user","id":1})",
        R"("unit":{"type":"user"})", R"("unit":"a\u0007")", R"("units":[{"type":"","id":"a"}])"})
    EXPECT_EQ(ask(who).status, 422) << who;
  EXPECT_EQ(ask(R"("unit":")" + std::string(257, 'x') + "\"").status, 422);
  EXPECT_EQ(running.get("/v1/evaluate?flag=e&unit=").status, 422);
  const auto event =
      running.post("/v1/events", R"([{"type":"event","name":"n","unit":7,"ts":"2026-01-02T00:00:00Z"},)"
                                 R"({"type":"event","name":"n","unit":"","ts":"2026-01-02T00:00:00Z"}])");
  EXPECT_EQ(member(event.body, "/refused"), "2") << event.body;
}

const std::string kBanner =
    R"({"key":"banner","type":"json","off_value":{"title":""},"default":{"title":"Hello"},"schema":{"type":"object",)"
    R"("required":["title"],"properties":{"title":{"type":"string","maxLength":10}},"additionalProperties":false})";

TEST(ApiSchema, ValuesOfAFlagAreHeldToItsSchema) {
  Running running;
  ASSERT_EQ(running.post("/v1/flags", kBanner + "}").status, 201);
  const auto pointer = [&](const std::string& change) {
    const auto refused = running.patch("/v1/flags/banner", change);
    EXPECT_EQ(refused.status, 422) << refused.body;
    return member(refused.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer(R"({"default":{"title":7}})"), "/default/title");
  EXPECT_EQ(pointer(R"({"off_value":{}})"), "/off_value/title");
  EXPECT_EQ(pointer(R"({"rules":[{"give":{"title":"x","colour":1}}]})"), "/rules/0/give/colour");
  EXPECT_EQ(pointer(R"({"schema":{"pattern":"x"}})"), "/schema/pattern");
  EXPECT_EQ(pointer(R"({"type":"bool"})"), "/schema");
  EXPECT_EQ(member(running.get("/v1/flags/banner").body, "/schema/required/0"), "title");
  EXPECT_EQ(running.patch("/v1/flags/banner", R"({"schema":null})").status, 200);
  EXPECT_EQ(running.patch("/v1/flags/banner", R"({"default":{"title":7}})").status, 200);
}

TEST(ApiSchema, AndSoAreThoseOfVariants) {
  Running running;
  ASSERT_EQ(running.post("/v1/flags", kBanner + "}").status, 201);
  const auto create = [&](const std::string& key, const std::string& title) {
    return running.post("/v1/experiments", R"({"key":")" + key +
                                               R"(","variants":[{"key":"a","values":{"banner":{"title":"Hi"}}},)"
                                               R"({"key":"b","values":{"banner":{"title":)" +
                                               title + "}}}]}");
  };
  const auto refused = create("e", "\"much too long\"");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/variants/1/values/banner/title");
  ASSERT_EQ(create("e", "\"Welcome\"").status, 201);
  const auto narrower = running.patch("/v1/flags/banner",
                                      R"({"default":{"title":"A"},"schema":{"properties":{"title":{"maxLength":2}}}})");
  EXPECT_EQ(narrower.status, 422);
  EXPECT_EQ(member(narrower.body, "/errors/0/pointer"), "/schema") << narrower.body;
}

TEST(ApiSchema, ParametersOfEachTypeAreServedAsTheyWereGiven) {
  Running running;
  const auto made = running.post(
      "/v1/experiments?start",
      R"({"key":"e","variants":[{"key":"a","values":{"on":false,"size":1,"ratio":0.5,"word":"x","whole":{"a":[1]}}},)"
      R"({"key":"b","values":{"on":true,"size":2,"ratio":0.75,"word":"y","whole":null}}]})");
  ASSERT_EQ(made.status, 201) << made.body;
  for (const auto& [flag, type] :
       {std::pair{"on", "bool"}, {"size", "int"}, {"ratio", "float"}, {"word", "string"}, {"whole", "json"}})
    EXPECT_EQ(member(running.get("/v1/flags/" + std::string(flag)).body, "/type"), type);
  EXPECT_EQ(running.patch("/v1/flags/size", R"({"default":1.5})").status, 422);
}

}  // namespace
}  // namespace touchstone::api
