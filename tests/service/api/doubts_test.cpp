#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "service/simulate/random.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

constexpr int kUnits = 3000;
constexpr int kDays = 7;

std::string at(int day, int minute) {
  return fmt::format("2026-01-{:02}T{:02}:{:02}:00Z", 1 + day, minute / 60 % 24, minute % 60);
}

/// Customers of the first of January who visit the shop on days, the treated ones `first` times as often on the first
/// day and `last` times on the last; everybody visits less and less.
std::vector<std::string> visits(double first, double last) {
  simulate::Random random(11);
  std::vector<std::string> events;
  for (int i = 0; i < kUnits; ++i) {
    const bool treated = i % 2 == 1;
    events.push_back(fmt::format(R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"{1}","experiment":"checkout",)"
                                 R"("variant":"{2}","attributes":{{"country":"DE"}}}})",
                                 i, at(0, i % 600), treated ? "one-page" : "control"));
    for (int day = 0; day < kDays; ++day) {
      const double more = treated ? first + (last - first) * day / (kDays - 1) : 1;
      if (random.chance(0.4 * std::exp(-day / 6.0) * more))
        events.push_back(fmt::format(R"({{"id":"v{0}-{1}","type":"event","name":"visit","unit":"u{0}","ts":"{2}"}})", i,
                                     day, at(day, i % 600 + 1)));
    }
  }
  events.emplace_back(R"({"id":"z","type":"event","name":"end","unit":"u0","ts":"2026-01-20T12:00:00Z"})");
  return events;
}

void run(Running& running, std::string_view length) {
  ASSERT_EQ(running
                .post("/v1/metrics", fmt::format(R"({{"key":"visits","kind":"count","event":"visit",)"
                                                 R"("window":{{"length":"{}"}}}})",
                                                 length))
                .status,
            201);
  ASSERT_EQ(running
                .post("/v1/experiments",
                      R"({"key":"checkout","exposure":"client","variants":[{"key":"control"},{"key":"one-page"}],)"
                      R"("plan":{"metrics":[{"metric":"visits"}],"segments":[)"
                      R"({"name":"Germany","attribute":"country","value":"DE"},)"
                      R"({"name":"France","attribute":"country","value":"FR"}]}})")
                .status,
            201);
  ASSERT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

/// As many as a batch may have.
void send(Running& running, const std::vector<std::string>& events) {
  constexpr std::size_t kBatch = 1000;
  for (std::size_t i = 0; i < events.size(); i += kBatch) {
    const std::vector part(events.begin() + static_cast<std::ptrdiff_t>(i),
                           events.begin() + static_cast<std::ptrdiff_t>(std::min(events.size(), i + kBatch)));
    ASSERT_EQ(running.post("/v1/events", fmt::format("[{}]", fmt::join(part, ","))).status, 200);
  }
}

/// Where the doubt stands in the report; -1: nowhere.
int place(const std::string& report, std::string_view code) {
  for (int i = 0; i < 40; ++i)
    if (report.find("\"trust\"") != std::string::npos && member(report, fmt::format("/trust/{}/code", i)) == code)
      return i;
  return -1;
}

TEST(ApiDoubts, TellThatAChangeWearsOff) {
  Running running;
  run(running, "7d");
  send(running, visits(1.9, 1));
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  const int found = place(report, "novelty");
  ASSERT_GE(found, 0) << report;
  const auto told = [&](std::string_view name) { return member(report, fmt::format("/trust/{}/{}", found, name)); };
  EXPECT_EQ(told("level"), "warn");
  EXPECT_EQ(told("metric"), "visits");
  EXPECT_EQ(told("variant"), "one-page");
  EXPECT_NEAR(std::stod(told("figures/first:one-page")), 0.9, 0.15);
  EXPECT_NEAR(std::stod(told("figures/last:one-page")), 0, 0.15);
  EXPECT_LT(std::stod(told("figures/per_day_high:one-page")), 0);
  const std::string page = running.get("/experiments/checkout").body;
  EXPECT_NE(page.find("visits wears off"), std::string::npos);
  EXPECT_NE(page.find("among units that completed them all"), std::string::npos) << page;
  const std::string chat = running.get("/experiments/checkout/report.md").body;
  EXPECT_NE(chat.find("among units that completed them all"), std::string::npos) << chat;
  running.restart();
  EXPECT_EQ(member(running.get("/v1/experiments/checkout/report").body, fmt::format("/trust/{}/value", found)),
            told("value"));
}

TEST(ApiDoubts, LeaveAChangeThatLasts) {
  Running running;
  run(running, "7d");
  send(running, visits(1.4, 1.4));
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  const int found = place(report, "novelty");
  ASSERT_GE(found, 0) << report;
  EXPECT_EQ(member(report, fmt::format("/trust/{}/level", found)), "ok");
  EXPECT_EQ(running.get("/experiments/checkout").body.find("wears off"), std::string::npos);
}

TEST(ApiDoubts, DoNotAskAWindowOfHours) {
  Running running;
  run(running, "48h");
  send(running, visits(1.9, 1));
  EXPECT_EQ(place(running.get("/v1/experiments/checkout/report").body, "novelty"), -1);
}

/// Nine of ten from Germany meet control, nine of ten from France the treatment; in both it brings more of them.
std::vector<std::string> uneven() {
  std::vector<std::string> events;
  int number = 0;
  const auto come = [&](std::string_view variant, std::string_view country, int units, int percent) {
    for (int i = 0; i < units; ++i, ++number) {
      events.push_back(
          fmt::format(R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"{1}","experiment":"checkout",)"
                      R"("variant":"{2}","attributes":{{"country":"{3}"}}}})",
                      number, at(0, 1), variant, country));
      if (i % 100 < percent)
        events.push_back(
            fmt::format(R"({{"id":"v{0}","type":"event","name":"visit","unit":"u{0}","ts":"{1}"}})", number, at(0, 2)));
    }
  };
  come("control", "DE", 900, 50);
  come("one-page", "DE", 100, 80);
  come("control", "FR", 100, 5);
  come("one-page", "FR", 900, 30);
  return events;
}

// Totals: (450 + 5)/1000 and (80 + 270)/1000. Within: +.3 and +.25 of as many units.
TEST(ApiDoubts, TellThatTotalsOverSegmentsMislead) {
  Running running;
  run(running, "48h");
  send(running, uneven());
  const std::string report = running.get("/v1/experiments/checkout/report").body;
  const int found = place(report, "simpson");
  ASSERT_GE(found, 0) << report;
  const auto told = [&](std::string_view name) { return member(report, fmt::format("/trust/{}/{}", found, name)); };
  EXPECT_EQ(told("level"), "warn");
  EXPECT_EQ(told("attribute"), "country");
  EXPECT_NEAR(std::stod(told("figures/added_up:one-page")), -0.105, 1e-12);
  EXPECT_NEAR(std::stod(told("figures/within_segments:one-page")), 0.275, 1e-12);
  EXPECT_NE(running.get("/experiments/checkout").body.find("totals over all segments by country differ by"),
            std::string::npos);
}

}  // namespace
}  // namespace touchstone::api
