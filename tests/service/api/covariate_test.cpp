#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

/// 600 customers over ten hours who spend what they spent the day before, a little more or less, and 5 more with the
/// treatment; every tenth is new.
std::string season() {
  std::string events = "[";
  for (int i = 0; i < 600; ++i) {
    const int before = 20 + i * 37 % 101;
    const int now = before + i * 11 % 7 + (i % 2 == 1 ? 5 : 0);
    if (i % 10 != 0)
      events += fmt::format(
          R"({{"id":"b{0}","type":"event","name":"purchase","unit":"u{0}","ts":"2025-12-31T20:00:00Z","value":{1}}},)",
          i, before);
    events += fmt::format(
        R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:00Z","experiment":"checkout",)"
        R"("variant":"{3}"}},)",
        i, i / 60, i % 60, i % 2 == 1 ? "one-page" : "control");
    events += fmt::format(
        R"({{"id":"p{0}","type":"event","name":"purchase","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:30Z","value":{3}}},)",
        i, i / 60, i % 60, now);
  }
  return events + R"({"id":"z","type":"event","name":"visit","unit":"u0","ts":"2026-01-01T12:00:00Z"}])";
}

void send(Running& running, const std::string& events) {
  // In two bodies: a body holds a thousand events at most.
  const auto half = events.find(R"({"id":"x300")");
  ASSERT_EQ(running.post("/v1/events", events.substr(0, half - 1) + "]").status, 200);
  ASSERT_EQ(running.post("/v1/events", "[" + events.substr(half)).status, 200);
}

constexpr std::string_view kMetric =
    R"({"key":"spend","kind":"sum","event":"purchase","window":{"length":"1h"},"covariate":{"look_back":"1d"}})";

std::string experiment(const std::string& plan) {
  return R"({"key":"checkout","exposure":"client","variants":[{"key":"control"},{"key":"one-page"}],)"
         R"("plan":{"metrics":[{"metric":"spend"}],)" +
         plan + "}}";
}

void run(Running& running, const std::string& plan) {
  ASSERT_EQ(running.post("/v1/metrics", std::string(kMetric)).status, 201);
  ASSERT_EQ(running.post("/v1/experiments", experiment(plan)).status, 201);
  ASSERT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  send(running, season());
}

TEST(ApiCovariate, ShowsWhatHistoryForetoldAndWhatTheRowWouldBeWithout) {
  Running running;
  run(running, R"("horizon":{"units":600})");
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  EXPECT_EQ(member(report, "/results/0/covariate/status"), "ok");
  EXPECT_EQ(member(report, "/results/0/covariate/without_history/0"), "60");
  EXPECT_EQ(member(report, "/results/0/covariate/without_history/1"), "0");
  EXPECT_EQ(member(report, "/plan/metrics/0/covariate/look_back"), "1d");
  EXPECT_EQ(member(report, "/results/0/always_valid/method"), "two_keys");
  EXPECT_GT(std::stod(member(report, "/results/0/covariate/variance_reduction")), 0.3);
  EXPECT_LT(std::stod(member(report, "/results/0/fixed/p")),
            std::stod(member(report, "/results/0/covariate/unadjusted/p")));
  const std::string page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("% of the variance taken out"), std::string::npos);
  EXPECT_NE(page.find("in the 1 day before its first exposure"), std::string::npos);
}

TEST(ApiCovariate, TheTickIsThePlans) {
  Running running;
  run(running, R"("horizon":{"units":600},"tick":"3h")");
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  EXPECT_EQ(member(report, "/plan/tick"), "3h");
  EXPECT_EQ(member(report, "/results/0/always_valid/until"), "2026-01-01T09:00:00Z") << "the fourth is not over";
  EXPECT_EQ(member(running.get("/v1/experiments/checkout").body, "/plan/tick"), "3h");
  EXPECT_EQ(running.patch("/v1/experiments/checkout", R"({"plan":{"tick":"6h"}})").status, 409) << "frozen";
}

TEST(ApiCovariate, ATickThatLooksMoreOftenThanBoundariesAllowIsRefusedAtTheStart) {
  Running running;
  ASSERT_EQ(running.post("/v1/metrics", std::string(kMetric)).status, 201);
  const auto created =
      running.post("/v1/experiments", experiment(R"("horizon":{"ends_at":"2026-02-01T00:00:00Z"},"tick":"1m")"));
  ASSERT_EQ(created.status, 201);
  const auto refused = running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/plan/tick") << refused.body;
  EXPECT_NE(refused.body.find("at least 90 minutes"), std::string::npos) << "31 days / 500 = 89.28 minutes";
  EXPECT_EQ(running.patch("/v1/experiments/checkout", R"({"plan":{"tick":null}})").status, 200);
  EXPECT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

}  // namespace
}  // namespace touchstone::api
