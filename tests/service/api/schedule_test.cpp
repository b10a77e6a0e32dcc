// Experiments that start and stop by themselves, by the service's clock, also where nobody served when they were due.

#include <atomic>
#include <chrono>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/codec/time_text.hpp"
#include "tests/service/api/running.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {
namespace {

using http::test::eventually;
using std::chrono::minutes;

/// A service whose clock is set by the test: minutes after the first of March.
class ApiSchedule : public testing::Test {
 protected:
  static constexpr Time kBegin = Time(std::chrono::sys_days(std::chrono::March / 1 / 2026));
  static std::string at(int minute) { return codec::time_text(kBegin + minutes(minute)); }

  static app::ServiceOptions by(const std::atomic<int>& minute) {
    app::ServiceOptions options;
    options.writer.now = [&minute] { return kBegin + minutes(minute.load()); };
    return options;
  }

  http::ClientResponse draft(const std::string& members) {
    return running_.post("/v1/experiments",
                         R"({"key":"page","exposure":"client","variants":[{"key":"a"},{"key":"b"}])" + members + "}");
  }
  http::ClientResponse reschedule(const std::string& schedule) {
    return running_.patch("/v1/experiments/page", R"({"schedule":)" + schedule + "}");
  }
  std::string shown(const std::string& pointer) { return member(running_.get("/v1/experiments/page").body, pointer); }
  bool comes_to(const std::string& state) {
    return eventually([&] { return shown("/state") == state; });
  }
  /// Why the experiment was changed last, and by whom.
  std::string last_change(const std::string& name) {
    return member(running_.get("/v1/changes?entity=experiment&key=page&newest&limit=1").body, "/items/0/" + name);
  }

  std::atomic<int> minute_ = 0;
  Running running_{by(minute_)};
};

TEST_F(ApiSchedule, StartsAndStopsWhenItIsDueAndNotBefore) {
  const auto made = draft(fmt::format(R"(,"schedule":{{"start":"{}","stop":"{}"}})", at(10), at(20)));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(member(made.body, "/schedule/start"), at(10));
  minute_ = 9;
  ASSERT_EQ(running_.patch("/v1/experiments/page", R"({"owner":"team"})").status, 200);
  EXPECT_EQ(shown("/state"), "draft");
  minute_ = 10;
  ASSERT_TRUE(comes_to("running"));
  EXPECT_EQ(shown("/phases/0/started_at"), at(10));
  EXPECT_EQ(shown("/schedule"), fmt::format(R"({{"stop":"{}"}})", at(20)));
  EXPECT_EQ(last_change("reason"), "scheduled for " + at(10));
  EXPECT_EQ(last_change("actor"), "schedule");
  minute_ = 20;
  ASSERT_TRUE(comes_to("stopped"));
  EXPECT_EQ(shown("/phases/0/ended_at"), at(20));
  EXPECT_EQ(shown("/schedule"), "");
}

TEST_F(ApiSchedule, WhatWasDueWhileNobodyServedIsDoneAtOnceAndSaysSo) {
  ASSERT_EQ(draft(fmt::format(R"(,"schedule":{{"start":"{}"}})", at(60))).status, 201);
  running_.while_down([this] { minute_ = 59; });
  EXPECT_EQ(shown("/schedule/start"), at(60)) << "survives";
  EXPECT_EQ(shown("/state"), "draft");
  running_.while_down([this] { minute_ = 90; });
  ASSERT_TRUE(comes_to("running"));
  EXPECT_EQ(shown("/phases/0/started_at"), at(90)) << "nobody met it before";
  EXPECT_EQ(last_change("reason"), "scheduled for " + at(60) + "; late, as the service did not run then");
}

TEST_F(ApiSchedule, ARunWhoseEndHasPassedDoesNotBegin) {
  ASSERT_EQ(draft(fmt::format(R"(,"schedule":{{"start":"{}","stop":"{}"}})", at(10), at(20))).status, 201);
  running_.while_down([this] { minute_ = 30; });
  ASSERT_TRUE(eventually([&] { return !shown("/schedule/missed").empty(); }));
  EXPECT_EQ(shown("/state"), "draft");
  EXPECT_EQ(shown("/schedule/missed/start"), at(10));
  EXPECT_EQ(shown("/schedule/missed/because"), "its scheduled end, " + at(20) + ", has passed");
}

TEST_F(ApiSchedule, ABlockOfThePreflightStopsTheStartAndIsShown) {
  ASSERT_EQ(draft(fmt::format(R"(,"schedule":{{"start":"{}"}})", at(10))).status, 201);
  ASSERT_EQ(running_.patch("/v1/experiments/page", R"({"exposure":"evaluate"})").status, 200);
  ASSERT_EQ(running_.post("/ofrep/v1/evaluate/flags", R"({"context":{}})").status, 200);
  const auto check = running_.get("/v1/experiments/page/preflight").body;
  ASSERT_EQ(member(check, "/level"), "block");
  minute_ = 10;
  ASSERT_TRUE(eventually([&] { return !shown("/schedule/missed").empty(); }));
  EXPECT_EQ(shown("/state"), "draft");
  EXPECT_EQ(shown("/schedule/start"), "");
  EXPECT_EQ(shown("/schedule/missed/start"), at(10));
  EXPECT_EQ(shown("/schedule/missed/because"), member(check, "/checks/0/detail"));
  EXPECT_EQ(last_change("actor"), "schedule");
  ASSERT_EQ(reschedule(fmt::format(R"({{"start":"{}"}})", at(30))).status, 200);
  EXPECT_EQ(shown("/schedule"), fmt::format(R"({{"start":"{}"}})", at(30))) << "another try";
}

TEST_F(ApiSchedule, CanBeChangedAndTakenBack) {
  ASSERT_EQ(draft(fmt::format(R"(,"schedule":{{"start":"{}","stop":"{}"}})", at(10), at(20))).status, 201);
  ASSERT_EQ(reschedule(fmt::format(R"({{"start":"{}","stop":"{}"}})", at(30), at(40))).status, 200);
  EXPECT_EQ(shown("/schedule/start"), at(30));
  ASSERT_EQ(reschedule(R"({"start":null})").status, 200);
  EXPECT_EQ(shown("/schedule"), fmt::format(R"({{"stop":"{}"}})", at(40)));
  ASSERT_EQ(reschedule("null").status, 200);
  EXPECT_EQ(shown("/schedule"), "");
  minute_ = 50;
  ASSERT_EQ(running_.post("/v1/experiments/page:start", "{}").status, 200);
  ASSERT_EQ(reschedule(fmt::format(R"({{"stop":"{}"}})", at(60))).status, 200) << "of a run";
  minute_ = 60;
  EXPECT_TRUE(comes_to("stopped"));
}

TEST_F(ApiSchedule, RefusesWhatCannotBe) {
  const auto refused = [&](const http::ClientResponse& answer, int status, const std::string& pointer) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(member(answer.body, "/errors/0/pointer"), pointer);
  };
  minute_ = 5;
  refused(draft(fmt::format(R"(,"schedule":{{"start":"{}"}})", at(5))), 422, "/schedule/start");
  refused(draft(fmt::format(R"(,"schedule":{{"stop":"{}"}})", at(4))), 422, "/schedule/stop");
  refused(draft(fmt::format(R"(,"schedule":{{"start":"{}","stop":"{}"}})", at(20), at(20))), 422, "/schedule/stop");
  refused(draft(R"(,"schedule":{"start":"tomorrow"})"), 422, "/schedule/start");
  refused(draft(R"(,"schedule":{"begin":null})"), 422, "/schedule/begin");
  refused(draft(fmt::format(R"(,"schedule":{{"missed":{{"start":"{}","because":"x"}}}})", at(1))), 422,
          "/schedule/missed");
  ASSERT_EQ(draft(fmt::format(R"(,"schedule":{{"stop":"{}"}})", at(10))).status, 201);
  minute_ = 11;
  refused(running_.post("/v1/experiments/page:start", "{}"), 409, "/schedule/stop");
  ASSERT_EQ(reschedule("null").status, 200);
  ASSERT_EQ(running_.post("/v1/experiments/page:start", "{}").status, 200);
  refused(reschedule(fmt::format(R"({{"start":"{}"}})", at(20))), 409, "/schedule/start");
  ASSERT_EQ(running_.post("/v1/experiments/page:stop", "{}").status, 200);
  refused(reschedule(fmt::format(R"({{"stop":"{}"}})", at(20))), 409, "/schedule/stop");
}

}  // namespace
}  // namespace touchstone::api
