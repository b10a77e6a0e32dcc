// What the settings of an environment change on a report: clocks, months, money and weeks. 400 people met each arm of
// `checkout` on 2026-01-02 at 00:00 UTC, a day after it started: 24,000 in 30 days; 20 and 40 of a hundred bought.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/app/verification.hpp"
#include "tests/service/api/decided.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string page_of(Running& running) { return running.get("/experiments/checkout").body; }

json report_of(Running& running) { return json::parse(running.get("/v1/experiments/checkout/report").body); }

/// The doubt of that code; null where there is none.
json doubt_of(const json& report, std::string_view code) {
  for (const auto& doubt : report["trust"])
    if (doubt["code"] == code) return doubt;
  return {};
}

TEST(ApiToldEnvironment, TimesAreThoseOfThePlace) {
  Running running;
  run_checkout(running, 20, 40);
  EXPECT_TRUE(holds(page_of(running), "2026-01-01 00:00 UTC<"));
  EXPECT_FALSE(holds(page_of(running), "data-time-zone"));
  ASSERT_EQ(running.patch("/v1/environment", R"({"time_zone":"Asia/Kolkata"})").status, 200);
  const auto page = page_of(running);
  EXPECT_TRUE(holds(page, "2026-01-01 05:30 UTC+5:30<")) << page;
  EXPECT_TRUE(holds(page, "2026-01-02 05:30:00 UTC+5:30"));
  EXPECT_EQ(report_of(running)["data_until"], "2026-01-02T00:00:00Z") << "documents keep UTC";
}

TEST(ApiToldEnvironment, DecisionsAreToldByItsClockToo) {
  Running running;
  run_checkout(running, 20, 40);
  ASSERT_EQ(running.patch("/v1/environment", R"({"time_zone":"Asia/Kolkata"})").status, 200);
  ASSERT_EQ(running.post("/v1/experiments/checkout/decisions", R"({"action":"ship","variant":"b"})").status, 201);
  const auto page = page_of(running);
  const auto log = page.find("id=\"decisions\"");
  ASSERT_NE(log, std::string::npos);
  EXPECT_TRUE(holds(page.substr(log), "UTC+5:30"));
}

TEST(ApiToldEnvironment, AMonthIsOfThoseWhoEnterUnlessItIsSaid) {
  Running running;
  run_checkout(running, 20, 40);
  const auto page = page_of(running);
  EXPECT_TRUE(holds(page, "Worth about +4,800 a month (")) << page;
  EXPECT_TRUE(holds(page, "24,000 units a month, as many as have entered so far"));
  ASSERT_EQ(running.patch("/v1/environment", R"({"population":10000})").status, 200);
  const auto stated = page_of(running);
  EXPECT_TRUE(holds(stated, "Worth about +2,000 a month ("));
  EXPECT_TRUE(holds(stated, "10,000 people a month, as set for this environment"));
  EXPECT_TRUE(holds(running.get("/experiments/checkout/report.md").body, "Worth about +2,000 a month ("));
}

TEST(ApiToldEnvironment, WholeWeeksAreCheckedAndChangeNoDigest) {
  Running running;
  run_checkout(running, 20, 40);
  const auto before = report_of(running);
  EXPECT_EQ(doubt_of(before, "whole_weeks")["level"], "warn");
  EXPECT_EQ(doubt_of(before, "whole_weeks")["value"], 1);
  ASSERT_EQ(running.patch("/v1/environment", R"({"time_zone":"Asia/Kolkata"})").status, 200);
  EXPECT_EQ(report_of(running)["digest"]["results"], before["digest"]["results"]);
  EXPECT_EQ(report_of(running)["digest"]["configuration"], before["digest"]["configuration"]);
}

TEST(ApiToldEnvironment, AReportFromBeforeTheChecksStillHolds) {
  Running running;
  run_checkout(running, 20, 40);
  auto report = report_of(running);
  const auto verified = [&] {
    return app::verify_report(running.service(), running.service().default_environment(), report.dump()).value();
  };
  EXPECT_TRUE(verified().holds());
  running.patch("/v1/environment", R"({"time_zone":"Asia/Kolkata"})");
  EXPECT_TRUE(verified().holds()) << "as it was set then";
  report.erase("signature");
  for (int later = 0; later < 3; ++later) {
    report["trust"].erase(report["trust"].size() - 1);
    EXPECT_TRUE(verified().holds()) << later;
  }
  report["trust"].erase(report["trust"].size() - 1);
  EXPECT_FALSE(verified().holds()) << "other doubts may not be taken away";
}

}  // namespace
}  // namespace touchstone::api
