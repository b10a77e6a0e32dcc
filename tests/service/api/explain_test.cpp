#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

void start_checkout(Running& running) {
  ASSERT_EQ(running.post("/v1/segments", R"({"key":"pro","when":["plan","in",["pro","team"]]})").status, 201);
  const auto made = running.post("/v1/experiments?start",
                                 R"({"key":"checkout","when":{"all":[{"segment":"pro"},["country","is","DE"]]},)"
                                 R"("variants":[{"key":"control"},{"key":"one-page"}]})");
  ASSERT_EQ(made.status, 201) << made.body;
}

TEST(ApiExplain, TellsRuleConditionsDrawsAndTheSameDecisionAsEvaluate) {
  Running running;
  start_checkout(running);
  const std::string question = R"({"flag":"checkout","unit":"u1","attributes":{"plan":"pro","country":"DE"}})";
  const auto decided = running.post("/v1/evaluate", question);
  const auto told = running.post("/v1/explain", question);
  ASSERT_EQ(told.status, 200) << told.body;
  for (const auto* name : {"/value", "/variant", "/reason", "/cause", "/experiment", "/config_version"})
    EXPECT_EQ(member(told.body, name), member(decided.body, name)) << told.body;
  EXPECT_EQ(member(told.body, "/reason"), "SPLIT");
  EXPECT_EQ(member(told.body, "/rules/0/cause"), "assigned");
  EXPECT_EQ(member(told.body, "/rules/0/experiment"), "checkout");
  EXPECT_EQ(member(told.body, "/rules/0/layer"), "checkout");
  EXPECT_EQ(member(told.body, "/rules/0/phase"), "1");
  EXPECT_EQ(member(told.body, "/rules/0/unit/id"), "u1");
  EXPECT_EQ(member(told.body, "/rules/0/conditions/0/inside"), "pro");
  EXPECT_EQ(member(told.body, "/rules/0/conditions/1/segment"), "pro");
  EXPECT_EQ(member(told.body, "/rules/0/conditions/2/attribute"), "country");
  EXPECT_EQ(member(told.body, "/rules/0/conditions/2/held"), "true");
  EXPECT_EQ(member(told.body, "/rules/0/draws/0/for"), "layer");
  EXPECT_EQ(member(told.body, "/rules/0/draws/1/for"), "variant");
  const auto slot = std::stoul(member(told.body, "/rules/0/draws/1/slot"));
  EXPECT_GE(slot, std::stoul(member(told.body, "/rules/0/draws/1/range/0")));
  EXPECT_LT(slot, std::stoul(member(told.body, "/rules/0/draws/1/range/1")));
}

TEST(ApiExplain, ReportsAttributesThatAreMissing) {
  Running running;
  start_checkout(running);
  const auto told = running.get("/v1/explain?flag=checkout&unit=u1&attr.plan=team");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(member(told.body, "/missing/0"), "country");
  EXPECT_EQ(member(told.body, "/rules/0/cause"), "condition");
  EXPECT_EQ(member(told.body, "/rules/0/conditions/2/value"), "null");
  EXPECT_EQ(member(told.body, "/reason"), "DEFAULT");
}

TEST(ApiExplain, NeverExposesAnybody) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments?start", R"({"key":"e","variants":[{"key":"a"},{"key":"b"}]})").status, 201);
  ASSERT_EQ(running.get("/v1/explain?flag=e&unit=u1").status, 200);
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=e&unit=u1").body, "/exposure"), "queued");
}

TEST(ApiExplain, AsksForOneFlagThatExists) {
  Running running;
  EXPECT_EQ(running.get("/v1/explain?unit=u1").status, 422);
  EXPECT_EQ(running.post("/v1/explain", R"({"flags":["a"],"unit":"u1"})").status, 422);
  EXPECT_EQ(running.get("/v1/explain?flag=nothing&unit=u1").status, 404);
}

}  // namespace
}  // namespace touchstone::api
