#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

constexpr int units = 200;

/// Starts a 50:50 experiment and exposes units through evaluation, each acknowledged as an event.
void start_and_expose(Running& running) {
  ASSERT_EQ(
      running.post("/v1/experiments?start", R"({"key":"e","exposure":"client","variants":[{"key":"a"},{"key":"b"}]})")
          .status,
      201);
  std::string batch = "[";
  for (int i = 0; i < units; ++i) {
    const auto unit = "u" + std::to_string(i);
    const auto variant = member(running.get("/v1/evaluate?flag=e&unit=" + unit).body, "/variant");
    batch += (i == 0 ? "" : ",") + (R"({"id":"x)" + unit + R"(","type":"exposure","unit":")" + unit +
                                    R"(","ts":"2026-01-02T00:00:00Z","experiment":"e","variant":")" + variant + "\"}");
  }
  ASSERT_EQ(running.post("/v1/events", batch + "]").status, 200);
}

TEST(ApiPlanChange, CountsExactlyWhoWouldMoveAndChangesNothing) {
  Running running;
  start_and_expose(running);
  const std::string change =
      R"({"variants":[{"key":"a","weight":80,"values":{"e":false}},{"key":"b","weight":20,"values":{"e":true}}]})";
  const auto told = running.post("/v1/experiments/e/plan-change", change);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(member(told.body, "/exposed"), std::to_string(units));
  EXPECT_EQ(member(told.body, "/leaving"), "0");
  EXPECT_EQ(member(told.body, "/phase"), "2");
  EXPECT_EQ(member(running.get("/v1/experiments/e").body, "/version"), "2");

  std::string before;
  for (int i = 0; i < units; ++i)
    before += member(running.get("/v1/evaluate?flag=e&unit=u" + std::to_string(i)).body, "/variant");
  ASSERT_EQ(running.patch("/v1/experiments/e", change).status, 200);
  int moved = 0;
  for (int i = 0; i < units; ++i)
    moved += member(running.get("/v1/evaluate?flag=e&unit=u" + std::to_string(i)).body, "/variant") !=
             before.substr(static_cast<std::size_t>(i), 1);
  EXPECT_EQ(member(told.body, "/moved"), std::to_string(moved));
  EXPECT_GT(moved, 0);
}

TEST(ApiPlanChange, LoweringTheCoverageTellsWhoLeaves) {
  Running running;
  start_and_expose(running);
  const auto told = running.post("/v1/experiments/e/plan-change", R"({"coverage":"40%"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(member(told.body, "/moved"), "0");
  ASSERT_EQ(running.patch("/v1/experiments/e", R"({"coverage":"40%"})").status, 200);
  int gone = 0;
  for (int i = 0; i < units; ++i)
    gone += member(running.get("/v1/evaluate?flag=e&unit=u" + std::to_string(i)).body, "/variant") == "null" ? 1 : 0;
  EXPECT_EQ(member(told.body, "/leaving"), std::to_string(gone));
}

TEST(ApiPlanChange, WordsOpenNoPhaseAndFixedMembersAreRefused) {
  Running running;
  start_and_expose(running);
  const auto words = running.post("/v1/experiments/e/plan-change", R"({"name":"New name"})");
  ASSERT_EQ(words.status, 200) << words.body;
  EXPECT_EQ(member(words.body, "/phase"), "null");
  EXPECT_EQ(running.post("/v1/experiments/e/plan-change", R"({"unit_type":"device"})").status, 409);
  EXPECT_EQ(running.post("/v1/experiments/nothing/plan-change", "{}").status, 404);
}

}  // namespace
}  // namespace touchstone::api
