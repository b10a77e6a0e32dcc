#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "sdk/wire/snapshot_json.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/metric_json.hpp"
#include "service/codec/report_json.hpp"
#include "service/judge/judge.hpp"
#include "tests/service/api/gate.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kReport = "/v1/experiments/checkout/report";

void start_checkout(Running& running, const std::string& exposure = "evaluate") {
  ASSERT_EQ(running.post("/v1/metrics", R"({"key":"purchase","kind":"proportion","event":"purchase"})").status, 201);
  ASSERT_EQ(running.post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase","unit":"EUR"})").status,
            201);
  const auto made = running.post(
      "/v1/experiments", R"({"key":"checkout","exposure":")" + exposure +
                             R"(","variants":[{"key":"control"},{"key":"one-page"}],)"
                             R"("plan":{"metrics":[{"metric":"purchase"},{"metric":"revenue","role":"secondary"}]}})");
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

std::string unit(int number) { return "u" + std::to_string(number); }

TEST(ApiRun, EvaluateAnswersWhatDecideSays) {
  Running running;
  start_checkout(running);
  const auto document = wire::read_snapshot(running.get("/v1/snapshot").body);
  ASSERT_TRUE(document);
  const auto snapshot = assign::Snapshot::compile(*document);
  ASSERT_TRUE(snapshot);
  const auto client = running.key(fast::KeyKind::client);
  for (int i = 0; i < 200; ++i) {
    const auto id = unit(i);
    const assign::Unit who{"user", id};
    const auto expected = assign::decide(**snapshot, "checkout", {{&who, 1}, {}, {}});
    const auto query = running.send_as(client, http::Method::get, "/v1/evaluate?flag=checkout&unit=" + id);
    const auto body =
        running.send_as(client, http::Method::post, "/v1/evaluate", R"({"flag":"checkout","unit":")" + id + "\"}");
    ASSERT_EQ(query.status, 200) << query.body;
    for (const auto* answer : {&query, &body}) {
      EXPECT_EQ(member(answer->body, "/variant"), expected.variant);
      EXPECT_EQ(member(answer->body, "/value"), expected.value);
      EXPECT_EQ(member(answer->body, "/reason"), assign::name_of(expected.reason));
    }
  }
}

TEST(ApiRun, AnUnknownFlagIsNotFoundAndBulkNeverExposes) {
  Running running;
  start_checkout(running);
  EXPECT_EQ(running.get("/v1/evaluate?flag=nothing&unit=u1").status, 404);
  const auto bulk = running.post("/v1/evaluate", R"({"unit":"u1"})");
  EXPECT_EQ(bulk.status, 200);
  EXPECT_EQ(member(bulk.body, "/evaluations/0/flag"), "checkout");
  EXPECT_NE(running.get("/metrics").body.find("touchstone_exposures_total{outcome=\"queued\"} 0"), std::string::npos);
}

/// Waits until as many events are stored; the exposures of evaluations are written soon, not at once.
void wait_for_stored(Running& running, std::uint64_t count) {
  while (running.service().writer().ledger(running.service().default_environment()).stored < count)
    std::this_thread::yield();
}

TEST(ApiRun, AnEvaluationIsExposedOnceAndReachesTheReport) {
  Running running;
  start_checkout(running);
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=checkout&unit=u1").body, "/exposure"), "queued");
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=checkout&unit=u1").body, "/exposure"), "repeat");
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=checkout&unit=u2").body, "/exposure"), "queued");
  wait_for_stored(running, 2);
  EXPECT_EQ(member(running.get(kReport).body, "/counts/units"), "2");
  running.restart();
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=checkout&unit=u1").body, "/exposure"), "queued");
  running.restart();
  EXPECT_EQ(member(running.get(kReport).body, "/counts/units"), "2");
}

TEST(ApiRun, AClientsExposureIsTheClientsToTell) {
  Running running;
  start_checkout(running, "client");
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=checkout&unit=u1").body, "/exposure"), "none");
}

TEST(ApiRun, VerdictsAreExactToTheItem) {
  Running running;
  const std::string first = R"({"id":"1","type":"event","name":"purchase","unit":"u1","ts":"2026-01-02T00:00:00Z"})";
  const std::string other = R"({"id":"1","type":"event","name":"refund","unit":"u1","ts":"2026-01-02T00:00:00Z"})";
  const std::string future = R"({"id":"2","type":"event","name":"purchase","unit":"u1","ts":"2099-01-02T00:00:00Z"})";
  const std::string broken = R"({"id":"3","type":"event","name":"purchase","unit":"u1"})";
  const auto answer =
      running.post("/v1/events", "[" + first + "," + broken + "," + first + "," + other + "," + future + "]");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(member(answer.body, "/stored"), "1");
  EXPECT_EQ(member(answer.body, "/refused"), "1");
  EXPECT_EQ(member(answer.body, "/duplicate"), "2");
  EXPECT_EQ(member(answer.body, "/quarantined"), "1");
  EXPECT_EQ(member(answer.body, "/items/0/verdict"), "stored");
  EXPECT_EQ(member(answer.body, "/items/1/verdict"), "refused");
  EXPECT_NE(member(answer.body, "/items/1/error/hint"), "");
  EXPECT_EQ(member(answer.body, "/items/2/verdict"), "duplicate");
  EXPECT_EQ(member(answer.body, "/items/2/conflict"), "");
  EXPECT_EQ(member(answer.body, "/items/3/conflict"), "true");
  EXPECT_EQ(member(answer.body, "/items/4/verdict"), "quarantined");
  const auto retry = running.post("/v1/events", first + "\n" + first + "\n");
  EXPECT_EQ(member(retry.body, "/duplicate"), "2");
  EXPECT_EQ(running.post("/v1/events", "[{").status, 422);
}

/// Exposures and purchases of `units` people, one item a line, deterministic.
std::vector<std::string> story(int units) {
  std::mt19937 random(7);
  std::vector<std::string> lines;
  for (int i = 0; i < units; ++i) {
    const bool treated = random() % 2 == 0;
    const auto id = unit(i);
    const auto day = std::to_string(10 + i % 20);
    lines.push_back(R"({"id":"x)" + id + R"(","type":"exposure","unit":")" + id + R"(","ts":"2026-01-)" + day +
                    R"(T10:00:00Z","experiment":"checkout","variant":")" + (treated ? "one-page" : "control") + "\"}");
    if (random() % (treated ? 3U : 4U) == 0)
      lines.push_back(R"({"id":"p)" + id + R"(","type":"event","name":"purchase","unit":")" + id +
                      R"(","ts":"2026-01-)" + day + R"(T11:00:00Z","value":)" + std::to_string(random() % 100) + "}");
  }
  return lines;
}

void send(Running& running, std::span<const std::string> lines, std::size_t batch) {
  for (std::size_t from = 0; from < lines.size(); from += batch) {
    std::string body;
    for (std::size_t i = from; i < std::min(lines.size(), from + batch); ++i) body += lines[i] + "\n";
    const auto answer = running.post("/v1/events", body);
    ASSERT_EQ(answer.status, 200) << answer.body;
    ASSERT_EQ(member(answer.body, "/refused"), "0") << answer.body;
  }
}

/// What judging the same events says, without any service.
std::string judged_digest(Running& running, const std::vector<std::string>& lines) {
  const auto experiment = codec::read_stored_experiment(running.get("/v1/experiments/checkout").body);
  const std::vector<storage::Metric> metrics{*codec::read_stored_metric(running.get("/v1/metrics/purchase").body),
                                             *codec::read_stored_metric(running.get("/v1/metrics/revenue").body)};
  std::vector<codec::EventBody> bodies;
  std::vector<storage::StoredEvent> events;
  for (const auto& line : lines) {
    bodies.push_back(std::move(codec::read_events(line)).value());
    for (const auto& event : bodies.back().batch.events)
      events.push_back({event, events.size() + 1, event.ts, event.ts});
  }
  return codec::results_digest(judge::judge(*experiment, metrics, events));
}

TEST(ApiRun, AReportEqualsJudgingTheSameEventsInAnyOrderAndBatchAndAfterARestart) {
  const auto lines = story(400);
  const auto digest_after = [](Running& running) { return member(running.get(kReport).body, "/digest/results"); };

  Running whole;
  start_checkout(whole, "client");
  send(whole, lines, 1000);
  const auto expected = judged_digest(whole, lines);
  EXPECT_TRUE(expected.starts_with("b2-256:"));
  EXPECT_EQ(digest_after(whole), expected);
  send(whole, lines, 7);
  EXPECT_EQ(digest_after(whole), expected);

  auto shuffled = lines;
  std::ranges::shuffle(shuffled, std::mt19937(3));
  const auto middle = shuffled.size() / 2;
  whole.restart();
  EXPECT_EQ(digest_after(whole), expected);

  Running halves;
  start_checkout(halves, "client");
  send(halves, std::span(shuffled).first(middle), 50);
  halves.restart();
  send(halves, std::span(shuffled).subspan(middle), 33);
  EXPECT_EQ(digest_after(halves), expected);
}

TEST(ApiRun, ReportsOfWhatIsNotThereAndTermsThatCannotBe) {
  Running running;
  start_checkout(running);
  EXPECT_EQ(running.get("/v1/experiments/nothing/report").status, 404);
  const auto refused = running.get(kReport + "?until=yesterday");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/until");
  EXPECT_EQ(running.get(kReport + "?pretty").status, 200);
  EXPECT_EQ(member(running.get(kReport + "?until=2026-02-01T00:00:00Z").body, "/until"), "2026-02-01T00:00:00Z");
}

TEST(ApiRun, AFullQueueAnswers503AndRetryAfterAndEvaluationGoesOn) {
  app::ServiceOptions options;
  options.writer.queue_events = 1;
  Running running(options);
  start_checkout(running);
  const auto admin = running.key(fast::KeyKind::admin);
  Gate gate;
  ASSERT_TRUE(running.service().writer().change(
      [&gate](storage::Catalogue&) {
        gate.wait();
        return ok();
      },
      [](const Status&) {}));
  gate.until_somebody_waits();
  std::atomic<int> first_status = 0;
  std::thread first([&] {
    http::Client client("127.0.0.1", running.port());
    const auto answer =
        client.send({.method = http::Method::post,
                     .target = "/v1/events",
                     .body = R"([{"id":"1","type":"event","name":"a","unit":"u","ts":"2026-01-02T00:00:00Z"}])",
                     .headers = {{"Authorization", "Bearer " + admin}}});
    first_status = answer ? answer->status : -1;
  });
  while (running.service().writer().state().queued_events == 0) std::this_thread::yield();
  const auto refused =
      running.post("/v1/events", R"([{"id":"2","type":"event","name":"a","unit":"u","ts":"2026-01-02T00:00:00Z"}])");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_EQ(running.get("/v1/evaluate?flag=checkout&unit=u1").status, 200);
  gate.open();
  first.join();
  EXPECT_EQ(first_status, 200);
}

}  // namespace
}  // namespace touchstone::api
