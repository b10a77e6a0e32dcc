#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

constexpr int kUnits = 800;
constexpr int kLoads = 3;

/// Every other unit meets the quick variant, in which what is slower than 1.1 s is slower by less than a third of that.
int milliseconds(int unit, int load) {
  const int ms = 200 + (unit * 7919 + load * 104'729 + unit * unit % 13 * 17) % 1000 + unit % 5 * 100;
  return unit % 2 == 1 && ms > 1100 ? 1100 + (ms - 1100) * 3 / 10 : ms;
}

std::string visit(int unit) {
  const auto at = fmt::format(R"("unit":"u{}","ts":"2026-01-01T{:02}:{:02}:00Z")", unit, unit / 60, unit % 60);
  auto lines = fmt::format(R"({{"id":"x{}","type":"exposure","experiment":"speed","variant":"{}",{}}})", unit,
                           unit % 2 == 1 ? "quick" : "control", at) +
               "\n";
  for (int load = 0; load < kLoads; ++load)
    lines += fmt::format(R"({{"id":"p{}-{}","type":"event","name":"page_load","properties":{{"ms":{}}},{}}})", unit,
                         load, milliseconds(unit, load), at) +
             "\n";
  return lines;
}

void send_visits(Running& running) {
  for (int from = 0; from < kUnits; from += 200) {
    std::string lines;
    for (int unit = from; unit < from + 200; ++unit) lines += visit(unit);
    ASSERT_EQ(running.post("/v1/events", lines).status, 200);
  }
}

void define(Running& running, const std::string& key, const std::string& which) {
  const auto made = running.post(
      "/v1/metrics", R"({"key":")" + key + R"(","kind":"quantile","event":"page_load","property":"ms","unit":"ms",)" +
                         R"("decimals":0,"direction":"decrease","window":{"length":"1h"},"quantile":)" + which + "}");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(member(made.body, "/quantile"), which);
}

void run(Running& running, const std::string& method) {
  define(running, "load-p90", "0.9");
  define(running, "load-p50", "0.5");
  const auto made = running.post(
      "/v1/experiments",
      R"({"key":"speed","scheme":"external","exposure":"client","variants":[{"key":"control"},{"key":"quick"}],)"
      R"("plan":{"metrics":[{"metric":"load-p90"},{"metric":"load-p50","role":"guardrail","margin":0.1}],)"
      R"("method":{"id":")" +
          method + R"("}}})");
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(running.post("/v1/experiments/speed:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  send_visits(running);
}

double figure(const std::string& body, const std::string& pointer) { return std::stod(member(body, pointer)); }

// numpy 2.4 and scipy 1.17 on the same loads: numpy.quantile by averaged_inverted_cdf, the share's variance over units
// from numpy.cov, limits of each arm's order statistics, difference by MOVER, the ratio by brentq.
TEST(ApiQuantiles, AReportTellsThePercentileOfAllEventsByVariant) {
  Running running;
  run(running, "fixed-horizon");
  const std::string report = running.get("/v1/experiments/speed/report").body;
  EXPECT_EQ(member(report, "/plan/metrics/0/quantile"), "0.9");
  EXPECT_EQ(figure(report, "/results/0/mean/0"), 1333) << report;
  EXPECT_EQ(figure(report, "/results/0/mean/1"), 1171.5);
  EXPECT_EQ(member(report, "/results/0/n/0"), "400");
  EXPECT_EQ(member(report, "/results/0/quantile/which"), "0.9");
  EXPECT_EQ(member(report, "/results/0/quantile/events/1"), "1200");
  EXPECT_NEAR(figure(report, "/results/0/quantile/design_effect/0"), 0.7817879574050762, 1e-12);
  EXPECT_EQ(figure(report, "/results/0/quantile/control/low"), 1313);
  EXPECT_EQ(figure(report, "/results/0/quantile/control/high"), 1364);
  EXPECT_NEAR(figure(report, "/results/0/absolute/low"), -192.98412298286235, 1e-9);
  EXPECT_NEAR(figure(report, "/results/0/absolute/high"), -139.76868618789928, 1e-9);
  EXPECT_NEAR(figure(report, "/results/0/relative/low"), -0.14154135279599112, 1e-10);
  EXPECT_LT(figure(report, "/results/0/fixed/p"), 1e-6);
  EXPECT_EQ(member(report, "/results/0/conclusion"), "better");
  EXPECT_NEAR(figure(report, "/results/1/absolute/low"), -34.48660393831306, 1e-9);
  EXPECT_NEAR(figure(report, "/results/1/absolute/high"), 22.192333470807146, 1e-9);
  EXPECT_NEAR(figure(report, "/results/1/fixed/p"), 0.7537595522640065, 2e-4);
  EXPECT_EQ(member(report, "/results/1/conclusion"), "safe");
  EXPECT_EQ(member(report, "/verdict/code"), "ship");
}

TEST(ApiQuantiles, SayWhatTheyMeanInEveryForm) {
  Running running;
  run(running, "fixed-horizon");
  const auto told = [&running](const std::string& target, const std::string& words) {
    const auto body = running.get(target).body;
    EXPECT_NE(body.find(words), std::string::npos) << target << " without " << words;
  };
  told("/experiments/speed", "1,333 → 1,172\u00A0ms");
  told("/experiments/speed", "p90 of all events");
  told("/experiments/speed", " of events have at most 1,333\u00A0ms [1,313, 1,364] with control");
  told("/experiments/speed", " of all events of an arm do not exceed: ms of page_load");
  told("/experiments/speed/report.md", "p90 1,333\u00A0ms → 1,172\u00A0ms");
  told("/experiments/speed/report.csv", "1333,1171.5");
}

TEST(ApiQuantiles, TheSameEventsGiveTheSameReportWheneverItIsMade) {
  Running running;
  run(running, "always-valid");
  const auto digest = [&running](const std::string& query) {
    return member(running.get("/v1/experiments/speed/report" + query).body, "/digest/results");
  };
  const auto live = running.get("/v1/experiments/speed/report").body;
  EXPECT_EQ(member(live, "/results/0/always_valid/method"), "confidence_sequence");
  EXPECT_EQ(member(live, "/results/0/conclusion"), "better");
  EXPECT_LT(figure(live, "/results/0/always_valid/absolute/low"), figure(live, "/results/0/absolute/low"));
  EXPECT_EQ(digest("?until=2027-02-01T00:00:00Z"), member(live, "/digest/results")) << "read from the journal";
  send_visits(running);
  EXPECT_EQ(digest(""), member(live, "/digest/results")) << "sent twice";
  running.restart();
  EXPECT_EQ(digest(""), member(live, "/digest/results"));
}

TEST(ApiQuantiles, WhatCannotBeIsRefusedWithWhatToDo) {
  Running running;
  const auto percent =
      running.post("/v1/metrics", R"({"key":"m","kind":"quantile","event":"page_load","quantile":95})");
  EXPECT_EQ(percent.status, 422) << percent.body;
  EXPECT_NE(percent.body.find("/quantile"), std::string::npos);
  EXPECT_NE(percent.body.find("write 0.95"), std::string::npos);
  const auto without = running.post("/v1/metrics", R"({"key":"m","kind":"quantile","event":"page_load"})");
  EXPECT_EQ(without.status, 422);
  EXPECT_NE(without.body.find("is needed by a metric of kind quantile"), std::string::npos);
}

TEST(ApiQuantiles, AnEarlierExperimentTellsHowManyUnitsTheNextNeeds) {
  Running running;
  run(running, "fixed-horizon");
  const auto sized = running.post(
      "/v1/sample-size",
      R"({"experiment":"speed","metric":"load-p90","effect":{"relative":-0.02},"method":"fixed-horizon"})");
  ASSERT_EQ(sized.status, 200) << sized.body;
  EXPECT_EQ(figure(sized.body, "/baseline/mean"), 1333);
  constexpr double kSe = 13.010443151578675;
  constexpr double change = 0.02 * 1333;
  // 15.7 times the variance of a unit, 400 times the square of the arm's standard error, over the difference squared
  EXPECT_NEAR(figure(sized.body, "/per_variant/0"), 2 * 7.848879734 * 400 * kSe * kSe / (change * change), 2);
}

}  // namespace
}  // namespace touchstone::api
