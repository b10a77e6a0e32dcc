// What was decided, with or against the advice of then.

#include "service/app/decisions.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/page/verdict_text.hpp"
#include "tests/service/api/decided.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

const std::string kDecisions = "/v1/experiments/checkout/decisions";

json items(Running& running) { return json::parse(running.get(kDecisions).body)["items"]; }

TEST(ApiDecisions, StandBesideWhatTheReportSaidThen) {
  Running running;
  run_checkout(running, 10, 40);
  const auto report = json::parse(running.get("/v1/experiments/checkout/report").body);
  ASSERT_EQ(report["verdict"]["code"], "ship");
  const auto made = running.post(kDecisions, R"({"action":"ship","reason":"as planned"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto decision = json::parse(made.body);
  EXPECT_EQ(decision["number"], 1);
  EXPECT_EQ(decision["variant"], "b") << "the one that the report advises";
  EXPECT_EQ(decision["against"], false);
  EXPECT_EQ(decision["advice"], json::parse(R"({"code":"ship","variant":"b","headline":"Ship b"})"));
  EXPECT_EQ(decision["results"], report["digest"]["results"]);
  running.restart();
  ASSERT_EQ(items(running).size(), 1U);
  EXPECT_EQ(items(running)[0], decision);
}

TEST(ApiDecisions, AgainstTheAdviceTheyNeedAReason) {
  Running running;
  run_checkout(running, 10, 40);
  for (const std::string body : {R"({"action":"stop"})", R"({"action":"ship","variant":"a"})"}) {
    const auto refused = running.post(kDecisions, body);
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/reason") << refused.body;
  }
  EXPECT_TRUE(items(running).empty());
  const auto made = running.post(kDecisions, R"({"action":"stop","reason":"the supplier left"})");
  EXPECT_EQ(member(made.body, "/against"), "true") << made.body;
  const auto changes = json::parse(running.get("/v1/changes").body)["items"];
  EXPECT_EQ(changes.back()["entity"], "decision");
  EXPECT_EQ(changes.back()["reason"], "the supplier left");
}

TEST(ApiDecisions, TheSameOneCanBeMadeAgainAndOnceUnderOneKey) {
  Running running;
  run_checkout(running, 10, 40);
  EXPECT_EQ(running.post(kDecisions, R"({"action":"ship"})").status, 201);
  const std::pair<std::string, std::string> key{"Idempotency-Key", "k"};
  const std::pair<std::string, std::string> admin{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)};
  for (int i = 0; i < 2; ++i) {
    const auto made = running.send(http::ClientRequest{
        .method = http::Method::post, .target = kDecisions, .body = R"({"action":"ship"})", .headers = {key, admin}});
    EXPECT_EQ(member(made.body, "/number"), "2") << made.body;
  }
  EXPECT_EQ(items(running).size(), 2U);
}

TEST(ApiDecisions, WhatCannotBeDecidedIsRefusedByName) {
  Running running;
  run_checkout(running, 10, 10);
  const auto pointer = [&](const std::string& body) {
    const auto refused = running.post(kDecisions, body);
    EXPECT_EQ(refused.status, 422) << refused.body;
    return member(refused.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer(R"({"action":"ship","reason":"r"})"), "/variant") << "none is advised";
  EXPECT_EQ(pointer(R"({"action":"ship","variant":"c","reason":"r"})"), "/variant");
  EXPECT_EQ(pointer(R"({"action":"stop","variant":"a"})"), "/variant");
  EXPECT_EQ(pointer(R"({"action":"leave"})"), "/action");
  EXPECT_EQ(pointer("{}"), "/action");
  EXPECT_EQ(running.send_as(running.key(fast::KeyKind::server), http::Method::post, kDecisions, R"({"action":"stop"})")
                .status,
            403);
}

TEST(ApiDecisions, ThePageTellsThem) {
  Running running;
  run_checkout(running, 10, 40);
  EXPECT_EQ(running.get("/experiments/checkout").body.find("What was decided"), std::string::npos);
  running.post(kDecisions, R"({"action":"extend","reason":"<b>one more week</b>"})");
  running.post(kDecisions, R"({"action":"ship"})");
  const auto page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("What was decided"), std::string::npos);
  EXPECT_NE(page.find("&lt;b&gt;one more week&lt;/b&gt;"), std::string::npos);
  EXPECT_NE(page.find("Against the advice of then: Ship b"), std::string::npos) << page;
  EXPECT_NE(page.find("In line with the advice of then: Ship b"), std::string::npos);
}

/// report-and-console.md 2.4: what each verdict asks for. A verdict without a line is the reader's call.
struct Case {
  std::string verdict;
  std::string open;  ///< initials: ship, roll back, extend, stop
};
class InLine : public testing::TestWithParam<Case> {};

TEST_P(InLine, OnlyWhatTheVerdictLeavesOpen) {
  using codec::DecisionAction;
  judge::Verdict verdict;
  verdict.code = GetParam().verdict;
  verdict.variant = "b";
  const auto open = [&](DecisionAction action, const std::string& variant = {}) {
    return app::in_line({action, variant, ""}, verdict);
  };
  std::string seen;
  if (open(DecisionAction::ship, "b")) seen += 's';
  if (open(DecisionAction::roll_back)) seen += 'r';
  if (open(DecisionAction::extend)) seen += 'e';
  if (open(DecisionAction::stop)) seen += 't';
  EXPECT_EQ(seen, GetParam().open);
  if (verdict.code.starts_with("ship")) {
    EXPECT_FALSE(open(DecisionAction::ship, "c")) << "another one than advised";
  }
}

INSTANTIATE_TEST_SUITE_P(Verdicts, InLine,
                         testing::Values(Case{"do_not_trust", "et"}, Case{"no_data", "et"}, Case{"keep_running", "e"},
                                         Case{"roll_back", "rt"}, Case{"trade_off", "sret"},
                                         Case{"segment_split", "ret"}, Case{"ship", "s"}, Case{"ship_with_care", "s"},
                                         Case{"no_difference", "srt"}, Case{"inconclusive", "ret"}),
                         [](const auto& verdict) { return verdict.param.verdict; });

}  // namespace
}  // namespace touchstone::api
