#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

class ApiPreflight : public testing::Test {
 protected:
  ApiPreflight() { draft(R"("key":"page")"); }

  void draft(const std::string& members) {
    const auto made = running_.post("/v1/experiments", "{" + members + R"(,"variants":[{"key":"a"},{"key":"b"}]})");
    ASSERT_EQ(made.status, 201) << made.body;
  }
  std::string checked(const std::string& member_name) {
    return member(running_.get("/v1/experiments/page/preflight").body, "/checks/0/" + member_name);
  }
  http::ClientResponse start(const std::string& body = "{}") {
    return running_.post("/v1/experiments/page:start", body);
  }
  void ask_for_all() { ASSERT_EQ(running_.post("/ofrep/v1/evaluate/flags", R"({"context":{}})").status, 200); }
  void ask_alone() {
    ASSERT_EQ(running_.post("/ofrep/v1/evaluate/flags/page", R"({"context":{"targetingKey":"u1"}})").status, 200);
  }

  Running running_;
};

TEST_F(ApiPreflight, AFlagThatNobodyAskedForIsAWarning) {
  const auto shown = running_.get("/v1/experiments/page/preflight");
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(member(shown.body, "/experiment"), "page");
  EXPECT_EQ(member(shown.body, "/level"), "warn");
  EXPECT_EQ(checked("check"), "exposure");
  EXPECT_EQ(checked("code"), "not_asked");
  EXPECT_NE(checked("hint"), "");
  EXPECT_EQ(start().status, 200);
}

TEST_F(ApiPreflight, AFlagThatIsAskedForInBulkAloneMayNotStart) {
  ask_for_all();
  EXPECT_EQ(checked("level"), "block");
  EXPECT_EQ(checked("code"), "no_single_evaluation") << "the link that the report would miss";
  const auto refused = start();
  ASSERT_EQ(refused.status, 409) << refused.body;
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/exposure");
  EXPECT_NE(member(refused.body, "/errors/0/hint").find(R"("despite": ["exposure"])"), std::string::npos);
  EXPECT_EQ(member(running_.get("/v1/experiments/page").body, "/state"), "draft");
}

TEST_F(ApiPreflight, EveryBulkQuestionCounts) {
  EXPECT_EQ(running_.post("/v1/evaluate", R"({"flags":["page"],"unit":"u1"})").status, 200);
  EXPECT_EQ(checked("level"), "block");
  draft(R"("key":"other")");
  EXPECT_EQ(member(running_.get("/v1/experiments/other/preflight").body, "/level"), "warn") << "not one of them";
  EXPECT_EQ(running_.get("/v1/evaluate?unit=u1").status, 200);
  EXPECT_EQ(member(running_.get("/v1/experiments/other/preflight").body, "/level"), "block");
}

TEST_F(ApiPreflight, OneWhoAsksForItAloneIsEnough) {
  ask_for_all();
  ask_alone();
  EXPECT_EQ(checked("level"), "ok");
  EXPECT_EQ(start().status, 200);
}

TEST_F(ApiPreflight, AnEventOrTheClientMayTellOfExposuresInstead) {
  ask_for_all();
  ASSERT_EQ(running_.patch("/v1/experiments/page", R"({"exposure":"client"})").status, 200);
  EXPECT_EQ(checked("level"), "ok");
  ASSERT_EQ(running_.patch("/v1/experiments/page", R"({"exposure":{"event":"page_view"}})").status, 200);
  EXPECT_EQ(checked("level"), "ok");
  EXPECT_EQ(start().status, 200);
}

TEST_F(ApiPreflight, WhatIsOverriddenIsInTheHistoryWithItsReason) {
  ask_for_all();
  EXPECT_EQ(member(start(R"({"despite":["exposure"]})").body, "/errors/0/pointer"), "/reason");
  const auto unknown = start(R"({"despite":["luck"],"reason":"why not"})");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(member(unknown.body, "/errors/0/pointer"), "/despite/0");
  ASSERT_EQ(start(R"({"despite":["exposure"],"reason":"asked for alone from tomorrow on"})").status, 200);
  EXPECT_NE(running_.get("/v1/changes").body.find(R"("reason":"despite exposure: asked for alone from tomorrow on")"),
            std::string::npos);
  EXPECT_EQ(running_.post("/v1/experiments/page:pause", R"({"despite":["exposure"]})").status, 422);
}

TEST_F(ApiPreflight, WhatIsMadeToStartAtOnceIsCheckedToo) {
  const std::string body = R"({"key":"second","variants":[{"key":"a","values":{"page":false}},)"
                           R"({"key":"b","values":{"page":true}}]})";
  ask_for_all();
  EXPECT_EQ(running_.post("/v1/experiments?start", body).status, 409);
  EXPECT_EQ(running_.get("/v1/experiments/second").status, 404) << "nothing was made";
  ask_alone();
  EXPECT_EQ(running_.post("/v1/experiments?start", body).status, 201);
}

TEST_F(ApiPreflight, ARestartForgetsWhoAsked) {
  ask_for_all();
  running_.restart();
  EXPECT_EQ(checked("code"), "not_asked");
}

}  // namespace
}  // namespace touchstone::api
