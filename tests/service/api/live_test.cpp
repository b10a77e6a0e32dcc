// What an experiment shows while data arrive: whoever listens is told the state at once and each later one.

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/app/reports.hpp"
#include "tests/service/api/listener.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using namespace std::chrono_literals;

const std::string kLive = "/v1/experiments/checkout/live";

Fitting quick(std::size_t listeners = 500) { return {.front = {.live_pace = 1ms, .live_streams = listeners}}; }

void start(Running& running) {
  running.post("/v1/metrics", R"({"key":"purchase","kind":"proportion","event":"purchase"})");
  running.post("/v1/experiments",
               R"({"key":"checkout","name":"Check-out","exposure":"client","variants":[{"key":"control"},)"
               R"({"key":"one-page"}],"plan":{"metrics":[{"metric":"purchase"}]}})");
  const auto started = running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})");
  ASSERT_EQ(started.status, 200) << started.body;
}

/// A customer meets a variant at so many minutes past noon.
void meet(Running& running, int unit, std::string_view variant) {
  const auto sent = running.post(
      "/v1/events",
      fmt::format(
          R"([{{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"2026-01-01T12:{0:02}:00Z","experiment":"checkout",)"
          R"("variant":"{1}"}}])",
          unit, variant));
  ASSERT_EQ(sent.status, 200) << sent.body;
}

Listener listen(Running& running, std::string_view last = "") {
  return Listener::with_key(running, running.key(fast::KeyKind::server), last, kLive);
}

/// The next state in which so many units have entered and so many items are accounted for, which follows a moment
/// later; empty where none comes.
std::string with_units(Listener& listener, int units) {
  const auto wanted = std::to_string(units);
  for (;;) {
    auto event = listener.next("state");
    const auto data = event.empty() ? std::string() : field(event, "data");
    if (event.empty() || (member(data, "/units") == wanted && member(data, "/ledger/stored") == wanted)) return event;
  }
}

/// The first that a listener hears of the state: where the look takes longer than the pace, its stages come before.
std::string first_heard(Listener& listener) {
  auto told = listener.next();
  while (told.starts_with("retry: ") || told.starts_with("event: stage\n")) told = listener.next();
  return told;
}

TEST(ApiLive, SaysTheStateAtOnceAndAgainWhenDataArrive) {
  Running running({}, quick());
  start(running);
  auto listener = listen(running);
  EXPECT_EQ(listener.answer().header("Content-Type"), "text/event-stream");
  EXPECT_GE(std::stoi(field(listener.next(), "retry")), 1'000);
  const auto first = field(listener.next("state"), "data");
  EXPECT_EQ(member(first, "/state"), "running") << first;
  EXPECT_EQ(member(first, "/units"), "0");
  EXPECT_EQ(member(first, "/verdict/code"), "no_data");
  EXPECT_EQ(member(first, "/data_until"), "null");
  EXPECT_EQ(member(first, "/split/level"), "ok");
  EXPECT_EQ(member(first, "/split/p"), "null") << "nothing to look at yet";

  meet(running, 1, "control");
  meet(running, 2, "one-page");
  meet(running, 3, "one-page");
  const auto later = field(with_units(listener, 3), "data");
  EXPECT_EQ(member(later, "/variants/0/variant"), "control");
  EXPECT_EQ(member(later, "/variants/0/units"), "1");
  EXPECT_EQ(member(later, "/variants/1/units"), "2");
  EXPECT_EQ(member(later, "/data_until"), "2026-01-01T12:03:00Z");
  EXPECT_GT(std::stod(member(later, "/lag_seconds")), 0);
  EXPECT_EQ(member(later, "/ledger/stored"), "3");
  EXPECT_EQ(member(later, "/results"), member(running.get("/v1/experiments/checkout/report").body, "/digest/results"));
}

TEST(ApiLive, SaysTheVerdictInTheWordsOfTheReport) {
  Running running({}, quick());
  start(running);
  std::string events = "[";
  for (int i = 0; i < 200; ++i)
    events += fmt::format(
        R"({{"id":"x{0}","type":"exposure","unit":"u{0}","ts":"2026-01-01T12:00:00Z","experiment":"checkout","variant":"{1}"}},)",
        i, i < 150 ? "control" : "one-page");
  events.back() = ']';
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
  auto listener = listen(running);
  const auto state = field(with_units(listener, 200), "data");
  EXPECT_EQ(member(state, "/verdict/code"), "do_not_trust");
  EXPECT_EQ(member(state, "/split/level"), "block") << "150 to 50 where halves were planned";
  const auto page = running.get("/experiments/checkout/report.md").body;
  EXPECT_NE(page.find(member(state, "/verdict/headline")), std::string::npos) << page;
}

TEST(ApiLive, WhoeverComesBackHearsTheCurrentStateAndNothingOlder) {
  Running running({}, quick());
  start(running);
  meet(running, 1, "control");
  std::string seen;
  {
    auto listener = listen(running);
    seen = field(with_units(listener, 1), "id");
  }
  EXPECT_NE(seen, "");
  auto same = listen(running, seen);
  EXPECT_EQ(first_heard(same), ": nothing has changed\n\n");
  running.restart();
  EXPECT_TRUE(same.ended());
  auto again = listen(running, seen);
  EXPECT_EQ(first_heard(again), ": nothing has changed\n\n") << "also after a restart";
  meet(running, 2, "control");
  auto behind = listen(running, seen);
  EXPECT_EQ(member(field(behind.next("state"), "data"), "/units"), "2") << "the first state that it hears";
}

TEST(ApiLive, EndsWithTheExperiment) {
  Running running({}, quick());
  start(running);
  auto listener = listen(running);
  EXPECT_NE(listener.next("state"), "");
  ASSERT_EQ(running.post("/v1/experiments/checkout:stop", "{}").status, 200);
  std::string state;
  while (member(state, "/state") != "stopped") state = field(listener.next("state"), "data");
  EXPECT_NE(listener.next("end"), "");
  EXPECT_TRUE(listener.ended());
  auto late = listen(running);
  EXPECT_EQ(member(field(late.next("state"), "data"), "/state"), "stopped");
  EXPECT_NE(late.next("end"), "");
  EXPECT_TRUE(late.ended());
}

TEST(ApiLive, EndsWithTheKeyThatOpenedIt) {
  Running running({}, quick());
  start(running);
  const auto made = running.post("/v1/keys", R"({"kind":"server","name":"board"})");
  auto listener = Listener::with_key(running, member(made.body, "/key"), "", kLive);
  EXPECT_NE(listener.next("state"), "");
  ASSERT_EQ(running.send(http::Method::del, "/v1/keys/" + member(made.body, "/id")).status, 204);
  while (!listener.next().empty()) {
  }
  EXPECT_TRUE(listener.ended());
}

TEST(ApiLive, IsForReadersOfReportsAlone) {
  Running running({}, quick());
  start(running);
  EXPECT_EQ(Listener(running, kLive).status(), 401);
  EXPECT_EQ(Listener(running, kLive, "Cookie: touchstone_session=guess\r\n").status(), 401);
  EXPECT_EQ(Listener(running, kLive + "?token=x", "").status(), 401) << "no secret in an address";
  EXPECT_EQ(Listener::with_key(running, running.key(fast::KeyKind::client), "", kLive).status(), 403);
  EXPECT_EQ(Listener::with_key(running, running.key(fast::KeyKind::admin), "", "/v1/experiments/none/live").status(),
            404);
  EXPECT_EQ(Listener::with_key(running, running.key(fast::KeyKind::admin), "", kLive + "?x=1").status(), 422);
}

TEST(ApiLive, SoManyMayListenAndNoMore) {
  Running running({}, quick(2));
  start(running);
  {
    std::array<Listener, 2> both{listen(running), listen(running)};
    EXPECT_EQ(both[1].status(), 200);
    const auto third = listen(running);
    EXPECT_EQ(third.status(), 503);
    EXPECT_EQ(third.answer().header("Retry-After"), "1");
    EXPECT_EQ(third.answer().header("Content-Type"), "application/problem+json");
  }
  EXPECT_TRUE(http::test::eventually([&] { return listen(running).status() == 200; }));
}

TEST(ApiLive, AKeyHasItsOwnSeats) {
  Running running({}, {.front = {.streams_per_key = 1}});
  start(running);
  auto first = listen(running);
  EXPECT_EQ(first.status(), 200);
  EXPECT_EQ(listen(running).status(), 429);
}

TEST(ApiLive, AnExperimentAsItWasIsSaidOnceAndEnds) {
  Running running({}, quick());
  start(running);
  meet(running, 1, "control");
  meet(running, 30, "one-page");
  const auto then = [&](const std::string& query) {
    return Listener::with_key(running, running.key(fast::KeyKind::server), "", kLive + query);
  };
  auto early = then("?until=2026-01-01T12:10:00Z");
  const auto state = field(early.next("state"), "data");
  EXPECT_EQ(member(state, "/units"), "1") << state;
  EXPECT_EQ(member(state, "/data_until"), "2026-01-01T12:01:00Z");
  EXPECT_NE(early.next("end"), "");
  EXPECT_TRUE(early.ended());
  auto late = then("?as_of=2099-01-01T00:00:00Z");
  EXPECT_EQ(member(field(late.next("state"), "data"), "/units"), "2");
  auto before = then("?as_of=2026-01-01T00:00:00Z");
  EXPECT_EQ(member(field(before.next("problem"), "data"), "/status"), "404") << "nobody had agreed it then";
  EXPECT_NE(before.next("end"), "");
  EXPECT_EQ(then("?as_of=yesterday").status(), 422);
}

TEST(ApiLive, TheMakingOfAReportSaysWhereItIs) {
  Running running({}, quick());
  start(running);
  meet(running, 1, "control");
  meet(running, 2, "one-page");
  std::vector<judge::Stage> told;
  app::ReportTerms terms;
  terms.until = running.service().now();
  terms.tell = [&told](const judge::Stage& stage) { told.push_back(stage); };
  ASSERT_TRUE(app::make_report(running.service(), running.service().default_environment(), "checkout", terms));
  ASSERT_GE(told.size(), 5U);
  EXPECT_EQ(told.front(), (judge::Stage{"load", 0, 2}));
  const std::vector<judge::Stage> last(told.end() - 4, told.end());
  const std::vector<judge::Stage> expected{{"load", 2, 2}, {"check"}, {"estimate", 0, 1}, {"decide"}};
  EXPECT_EQ(last, expected);
}

TEST(ApiLive, ShowsThatItLives) {
  Running running({}, {.front = {.heartbeat = 1ms, .live_pace = 1ms}});
  start(running);
  auto listener = listen(running);
  EXPECT_NE(listener.next("state"), "");
  EXPECT_EQ(listener.next(), ":\n\n");
}

}  // namespace
}  // namespace touchstone::api
