#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kRow = "/results/0/always_valid";

/// 600 customers over ten hours, of whom 10 % buy at control and 30 % with the treatment, within half an hour; then the
/// clock goes on until all windows are closed.
std::string season() {
  std::string events = "[";
  for (int i = 0; i < 600; ++i) {
    const bool treated = i % 2 == 1;
    events += fmt::format(
        R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:00Z","experiment":"checkout",)"
        R"("variant":"{3}"}})"
        ",\n",
        i, i / 60, i % 60, treated ? "one-page" : "control");
    if (i / 2 % 10 < (treated ? 3 : 1))
      events += fmt::format(
          R"({{"id":"p{0}","type":"event","name":"purchase","unit":"u{0}","ts":"2026-01-01T{1:02}:{2:02}:30Z"}})"
          ",\n",
          i, i / 60, i % 60);
  }
  return events + R"({"id":"z","type":"event","name":"visit","unit":"u0","ts":"2026-01-01T11:00:00Z"}])";
}

std::string report_of(Running& running, const std::string& method) {
  EXPECT_EQ(
      running
          .post("/v1/metrics", R"({"key":"purchase","kind":"proportion","event":"purchase","window":{"length":"1h"}})")
          .status,
      201);
  EXPECT_EQ(running
                .post("/v1/experiments",
                      R"({"key":"checkout","exposure":"client","variants":[{"key":"control"},{"key":"one-page"}],)"
                      R"("plan":{"horizon":{"units":1000},"metrics":[{"metric":"purchase"}])" +
                          method + "}}")
                .status,
            201);
  EXPECT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  EXPECT_EQ(running.post("/v1/events", season()).status, 200);
  return running.get("/v1/experiments/checkout/report").body;
}

TEST(ApiWatch, ANewPlanIsJudgedByLooksAndSaysHow) {
  Running running;
  const std::string report = report_of(running, "");
  EXPECT_EQ(member(report, "/plan/method/version"), "2");
  EXPECT_EQ(member(report, "/verdict/code"), "ship");
  EXPECT_EQ(member(report, "/results/0/conclusion"), "better");
  EXPECT_EQ(member(report, kRow + "/method"), "exact_conditional_spending");
  EXPECT_EQ(member(report, kRow + "/until"), "2026-01-01T10:00:00Z");
  EXPECT_EQ(member(report, kRow + "/immature_units"), "0");
  EXPECT_EQ(member(report, kRow + "/decided_at"), "2026-01-01T02:00:00Z") << "6 buyers of 60 against 18 of 60";
}

TEST(ApiWatch, APlanThatAsksForTheFormerMethodIsJudgedByIt) {
  Running running;
  const std::string report = report_of(running, R"(,"method":{"id":"always-valid","version":1})");
  EXPECT_EQ(member(report, "/plan/method/version"), "1");
  EXPECT_EQ(member(report, kRow + "/method"), "");
  EXPECT_EQ(member(report, kRow + "/absolute/status"), "ok");
}

TEST(ApiWatch, AStrictPlanShowsItsEValues) {
  Running running;
  const std::string report =
      report_of(running, R"(,"method":{"id":"strict","parameters":{"deviations":{"purchase":0.4}}})");
  EXPECT_EQ(member(report, "/plan/method/id"), "strict");
  EXPECT_EQ(member(report, "/plan/method/parameters/deviations/purchase"), "0.4");
  EXPECT_EQ(member(report, "/verdict/code"), "ship");
  EXPECT_EQ(member(report, kRow + "/method"), "hypergeometric_tilt");
  EXPECT_GT(std::stod(member(report, kRow + "/log10_e/above")), 1.7) << "40 = 10^1.6 declares";
  EXPECT_EQ(member(report, kRow + "/absolute/low"), "0") << "a sign, and no more";
  EXPECT_LT(std::stod(member(report, kRow + "/p_adjusted")), 0.05);
  const std::string page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("hypergeometric_tilt; e-values 10^"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::api
