// Events that are older than is kept: they go, are refused, and take no report with them but those of archived
// experiments.

#include "service/app/retention.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/app/reports.hpp"
#include "service/app/verification.hpp"
#include "tests/service/api/running.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using http::test::eventually;
using nlohmann::json;

json read(const http::ClientResponse& response) {
  EXPECT_EQ(response.status, 200) << response.body;
  return json::parse(response.body);
}

/// A service in July 2026. `former` ran in 2025 and is archived; `present` has run since May 2026, and looks a month
/// back.
class ApiRetention : public testing::Test {
 protected:
  static constexpr Time kBegin = Time(std::chrono::sys_days(std::chrono::July / 15 / 2026)) + std::chrono::hours(10);

  static app::ServiceOptions by(const std::atomic<int>& day) {
    app::ServiceOptions options;
    options.writer.now = [&day] { return kBegin + std::chrono::days(day.load()); };
    return options;
  }

  ApiRetention() {
    done(running_.post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase",)"
                                      R"("window":{"length":"7d"},"covariate":{"look_back":"28d"}})"),
         201);
    run("former", "2025-02-01T00:00:00Z");
    fill("former", "2025-02-03");
    done(running_.post("/v1/experiments/former:stop", R"({"at":"2025-03-01T00:00:00Z"})"), 200);
    run("present", "2026-05-01T00:00:00Z");
    fill("present", "2026-05-03");
  }

  static void done(const http::ClientResponse& answer, int status) { EXPECT_EQ(answer.status, status) << answer.body; }

  void run(const std::string& key, const std::string& at) {
    done(running_.post("/v1/experiments",
                       fmt::format(R"({{"key":"{}","scheme":"external","exposure":"client","variants":[{{"key":"a"}},)"
                                   R"({{"key":"b"}}],"plan":{{"metrics":[{{"metric":"revenue"}}]}}}})",
                                   key)),
         201);
    done(running_.post("/v1/experiments/" + key + ":start", R"({"at":")" + at + R"("})"), 200);
  }

  /// Forty units with traits, an exposure and a purchase each, all at noon of the day.
  void fill(const std::string& experiment, const std::string& day) {
    std::string events;
    for (int i = 0; i < 40; ++i) {
      const auto about = fmt::format(R"("unit":"{}-{}","ts":"{}T12:00:00Z")", experiment, i, day);
      events += fmt::format(R"({{"type":"traits","attributes":{{"plan":"pro"}},{}}})"
                            "\n",
                            about);
      events += fmt::format(R"({{"type":"exposure","experiment":"{}","variant":"{}",{}}})"
                            "\n",
                            experiment, i % 2 == 0 ? "a" : "b", about);
      events += fmt::format(R"({{"type":"event","name":"purchase","value":{},{}}})"
                            "\n",
                            3 + i % 7, about);
    }
    EXPECT_EQ(read(running_.post("/v1/events", events))["stored"], 120);
  }

  void archive_former() { done(running_.post("/v1/experiments/former:archive", "{}"), 200); }
  json keep(const std::string& months) {
    return read(running_.send(Method::put, "/v1/retention", R"({"months":)" + months + "}"));
  }
  json apply() { return read(running_.post("/v1/retention/apply", "")); }
  json shown() { return read(running_.get("/v1/retention")); }
  std::string report(const std::string& experiment) {
    return running_.get("/v1/experiments/" + experiment + "/report").body;
  }
  std::string results_of(const std::string& experiment) {
    return json::parse(report(experiment))["digest"]["results"].get<std::string>();
  }
  void live_is_what_the_journal_says() {
    const auto proofs = app::prove_live(running_.service());
    ASSERT_TRUE(proofs) << proofs.error().message;
    for (const auto& proof : *proofs) EXPECT_EQ(proof.differences.size(), 0U) << proof.experiment;
  }

  std::atomic<int> day_ = 0;
  Running running_{by(day_)};
};

TEST_F(ApiRetention, IsForEverUnlessSomebodySaysOtherwise) {
  EXPECT_EQ(shown(), json::parse(R"({"months":null,"kept_from":null,"finished":true,"events":0,)"
                                 R"("next_kept_from":null,"next_look":null,"held_by":[]})"));
  EXPECT_EQ(apply()["events"], 0);
  EXPECT_NE(report("former").find("\"results\""), std::string::npos);
}

TEST_F(ApiRetention, TellsWhatTheNextLookWillDo) {
  archive_former();
  const json said = keep("12");
  EXPECT_EQ(said["next_look"], "2026-07-16T00:00:00Z");
  EXPECT_EQ(said["next_kept_from"], "2025-07-01T00:00:00Z");
  EXPECT_EQ(said["kept_from"], nullptr) << "nothing goes before";
  EXPECT_EQ(said["events"], 0);
  const json change = read(running_.get("/v1/changes?entity=retention&newest&limit=1"))["items"][0];
  EXPECT_EQ(change["document"]["months"], 12) << change;
}

TEST_F(ApiRetention, WhatIsOldGoesAndReportsOfTheOthersStay) {
  archive_former();
  const std::string before = results_of("present");
  const std::string document = report("present");
  keep("12");
  const json now = apply();
  EXPECT_EQ(now["kept_from"], "2025-07-01T00:00:00Z");
  EXPECT_EQ(now["events"], 80) << "forty exposures and forty purchases";
  EXPECT_EQ(now["finished"], true);
  EXPECT_EQ(results_of("present"), before);
  live_is_what_the_journal_says();
  const auto proven = app::verify_report(running_.service(), 1, document);
  ASSERT_TRUE(proven) << proven.error().message;
  EXPECT_TRUE(proven->holds()) << "a report from before is still what the journal says";
  running_.restart();
  EXPECT_EQ(results_of("present"), before);
  EXPECT_EQ(shown(), now);
  live_is_what_the_journal_says();
  const auto after = app::verify_report(running_.service(), 1, report("present"));
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_TRUE(after->holds()) << "and so is one from afterwards";
}

TEST_F(ApiRetention, HappensBesideReportsAndChanges) {
  archive_former();
  const std::string before = results_of("present");
  keep("12");
  std::atomic<bool> over = false;
  std::atomic<int> asked = 0;
  std::thread reader([&] {
    for (; !over; ++asked) EXPECT_TRUE(app::make_report(running_.service(), 1, "present"));
  });
  std::thread editor([&] {
    for (int i = 0; !over; ++i) {
      const storage::Actor by{"somebody", "", kBegin};
      EXPECT_TRUE(app::change_retention(running_.service(), 1, 12U + static_cast<unsigned>(i % 2), by));
    }
  });
  while (asked < 3) std::this_thread::yield();
  EXPECT_GE(apply()["events"], 80);
  over = true;
  reader.join();
  editor.join();
  EXPECT_EQ(results_of("present"), before);
  live_is_what_the_journal_says();
}

TEST_F(ApiRetention, ThoseOfAnArchivedExperimentThatWentAreNotToldAnyMore) {
  archive_former();
  EXPECT_EQ(running_.get("/v1/experiments/former/report").status, 200) << "as long as its events are there";
  keep("12");
  apply();
  for (const char* target : {"/v1/experiments/former/report", "/v1/experiments/former/interactions",
                             "/v1/experiments/former/survival", "/experiments/former"}) {
    const auto answer = running_.get(target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_NE(answer.body.find("no longer kept"), std::string::npos) << answer.body;
  }
  done(running_.get("/v1/experiments/former"), 200);
  done(running_.get("/v1/portfolio"), 200);
  done(running_.get("/"), 200);
  done(running_.get("/experiments/present"), 200);
}

TEST_F(ApiRetention, AReportFromBeforeIsNotCalledWrongWhereItsEventsWent) {
  const std::string document = report("former");
  archive_former();
  keep("12");
  apply();
  const auto asked = app::verify_report(running_.service(), 1, document);
  ASSERT_FALSE(asked);
  EXPECT_NE(asked.error().message.find("no longer kept"), std::string::npos) << asked.error().message;
  EXPECT_EQ(running_.get("/v1/experiments/former/report?as_of=2025-02-10T00:00:00Z").status, 404);
}

TEST_F(ApiRetention, WhatAReportNeedsIsHeld) {
  const std::string before = results_of("former");
  const json said = keep("12");
  EXPECT_EQ(said["held_by"], json::array({"former"}));
  const json now = apply();
  EXPECT_EQ(now["kept_from"], "2025-01-01T00:00:00Z") << "the month of its start, less four weeks of its covariate";
  EXPECT_EQ(now["events"], 0);
  EXPECT_EQ(results_of("former"), before);
  archive_former();
  EXPECT_EQ(apply()["events"], 80);
}

TEST_F(ApiRetention, WhatComesTooLateIsRefusedAndSaysSo) {
  archive_former();
  keep("12");
  apply();
  const auto late = [&](const std::string& what) {
    return read(running_.post("/v1/events", R"([{"id":"late","unit":"u","ts":"2025-02-03T12:00:00Z",)" + what + "}]"));
  };
  const json refused = late(R"("type":"event","name":"purchase")");
  EXPECT_EQ(refused["refused"], 1);
  EXPECT_EQ(refused["items"][0]["code"], "expired");
  EXPECT_EQ(refused["items"][0]["error"]["pointer"], "/0/ts") << refused;
  EXPECT_EQ(late(R"("type":"traits","attributes":{"plan":"free"})")["stored"], 1);
}

TEST_F(ApiRetention, NothingStartsBeforeWhatIsKept) {
  archive_former();
  keep("12");
  apply();
  done(running_.post("/v1/experiments",
                     R"({"key":"late","scheme":"external","exposure":"client","variants":[{"key":"a"},{"key":"b"}],)"
                     R"("plan":{"metrics":[{"metric":"revenue"}]}})"),
       201);
  const auto refused = running_.post("/v1/experiments/late:start", R"({"at":"2025-06-30T00:00:00Z"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/at") << refused.body;
  done(running_.post("/v1/experiments/late:start", R"({"at":"2025-07-01T00:00:00Z"})"), 200);
}

TEST_F(ApiRetention, IsLookedAtOnceADayAndByAStart) {
  archive_former();
  keep("12");
  running_.restart();
  ASSERT_TRUE(eventually([&] { return shown()["kept_from"] == "2025-07-01T00:00:00Z"; }));
  day_ = 17;
  ASSERT_TRUE(eventually([&] { return shown()["kept_from"] == "2025-08-01T00:00:00Z"; }));
  const json order = read(running_.get("/v1/changes?entity=retention&newest&limit=1"))["items"][0];
  EXPECT_EQ(order["actor"], "retention");
}

TEST_F(ApiRetention, WhatIsWrongIsNamed) {
  for (const char* body : {R"({"months":0})", R"({"months":1201})", R"({"months":1.5})", R"({"months":"12"})", "{}",
                           R"({"months":12,"days":3})"}) {
    const auto answer = running_.send(Method::put, "/v1/retention", body);
    EXPECT_EQ(answer.status, 422) << body << answer.body;
  }
  EXPECT_EQ(shown()["months"], nullptr);
  EXPECT_EQ(keep("1200")["next_kept_from"], nullptr) << "nothing is so old";
  EXPECT_EQ(apply()["kept_from"], nullptr);
  EXPECT_EQ(keep("12")["months"], 12);
  EXPECT_EQ(keep("null")["months"], nullptr);
}

}  // namespace
}  // namespace touchstone::api
