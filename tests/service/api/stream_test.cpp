// Streams of configuration versions: whoever listens is told of every change, once, also across a restart.

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/fast/stream_token.hpp"
#include "tests/service/api/listener.hpp"
#include "tests/service/api/running.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {
namespace {

using namespace std::chrono_literals;

std::string current(Running& running) { return member(running.get("/v1/snapshot").body, "/config_version"); }

void change(Running& running) {
  static int number = 0;
  const auto made = running.post("/v1/segments", fmt::format(R"({{"key":"s{}","when":["a","is","b"]}})", ++number));
  ASSERT_EQ(made.status, 201) << made.body;
}

std::string token(Running& running, std::chrono::seconds life = 1h) {
  return fast::write_stream_token(running.service().secrets().streams,
                                  {running.service().default_environment(), running.service().now() + life});
}

TEST(ApiStream, SaysTheCurrentVersionAtOnceAndEachLaterOne) {
  Running running;
  change(running);
  auto listener = Listener::with_key(running, running.key(fast::KeyKind::client));
  auto event = listener.next();
  EXPECT_EQ(field(event, "event"), "config") << event;
  EXPECT_EQ(field(event, "id"), current(running));
  EXPECT_EQ(field(event, "data"), "{\"config_version\":" + current(running) + "}");
  EXPECT_GE(std::stoi(field(event, "retry")), 1'000);
  for (int i = 0; i < 10; ++i) {
    change(running);
    event = listener.next();
    EXPECT_EQ(field(event, "id"), current(running));
  }
}

TEST(ApiStream, WhoeverHasSeenTheCurrentVersionIsToldTheNextAlone) {
  Running running;
  change(running);
  const auto key = running.key(fast::KeyKind::client);
  auto same = Listener::with_key(running, key, current(running));
  EXPECT_TRUE(same.next().ends_with("\n: nothing has changed\n\n"));
  auto since = Listener(running, "/v1/stream?since=" + current(running), "Authorization: Bearer " + key + "\r\n");
  EXPECT_TRUE(since.next().ends_with("\n: nothing has changed\n\n"));
  for (const std::string other : {"1", "9223372036854775807", "99999999999999999999", "none"}) {
    auto behind_or_ahead = Listener::with_key(running, key, other);
    EXPECT_EQ(field(behind_or_ahead.next(), "id"), current(running)) << other;
  }
  change(running);
  EXPECT_EQ(field(same.next(), "id"), current(running));
  EXPECT_EQ(field(since.next(), "id"), current(running));
}

TEST(ApiStream, GoesOnWhereItWasAfterARestart) {
  Running running;
  change(running);
  const auto key = running.key(fast::KeyKind::client);
  std::string seen;
  {
    auto listener = Listener::with_key(running, key);
    seen = field(listener.next(), "id");
    running.restart();
    EXPECT_TRUE(listener.ended());
  }
  auto again = Listener::with_key(running, key, seen);
  EXPECT_TRUE(again.next().ends_with("\n: nothing has changed\n\n"));
  running.restart();
  change(running);
  auto behind = Listener::with_key(running, key, seen);
  EXPECT_GT(std::stoll(field(behind.next(), "id")), std::stoll(seen));
}

TEST(ApiStream, OpenFeatureIsToldToAskAgain) {
  Running running;
  change(running);
  Listener listener(running, "/ofrep/v1/stream?token=" + token(running));
  const auto event = listener.next();
  EXPECT_EQ(field(event, "event"), "message") << event;
  EXPECT_EQ(field(event, "id"), current(running));
  const auto data = field(event, "data");
  EXPECT_EQ(member(data, "/type"), "refetchEvaluation");
  EXPECT_EQ(member(data, "/etag"), "\"" + current(running) + "\"");
  EXPECT_GT(std::stoll(member(data, "/lastModified")), 1'700'000'000);
}

TEST(ApiStream, ATokenOpensTheStreamAndNothingElse) {
  Running running;
  const auto good = token(running);
  EXPECT_EQ(Listener(running, "/v1/stream?token=" + good).status(), 200);
  EXPECT_EQ(Listener(running, "/v1/stream?token=" + token(running, 0s)).status(), 401);
  EXPECT_EQ(Listener(running, "/v1/stream?token=guess").status(), 401);
  EXPECT_EQ(Listener(running, "/v1/stream").status(), 401);
  EXPECT_EQ(running.send_as(good, http::Method::get, "/v1/evaluate?unit=u1").status, 401);
  EXPECT_EQ(running.send_as("", http::Method::get, "/v1/snapshot?token=" + good).status, 401);
}

TEST(ApiStream, EndsWithItsKey) {
  Running running;
  const auto made = running.post("/v1/keys", R"({"kind":"client","name":"page"})");
  auto listener = Listener::with_key(running, member(made.body, "/key"));
  auto other = Listener::with_key(running, running.key(fast::KeyKind::client));
  EXPECT_NE(listener.next(), "");
  EXPECT_NE(other.next(), "");
  ASSERT_EQ(running.send(http::Method::del, "/v1/keys/" + member(made.body, "/id")).status, 204);
  while (!listener.next().empty()) {
  }
  EXPECT_TRUE(listener.ended());
  change(running);
  std::string last;
  while (last != current(running)) {
    last = field(other.next(), "id");
    ASSERT_NE(last, "");
  }
}

TEST(ApiStream, AKeyHasItsOwnSeats) {
  Running running({}, {.front = {.streams_per_key = 2}});
  const auto client = running.key(fast::KeyKind::client);
  {
    std::array<Listener, 2> all{Listener::with_key(running, client), Listener::with_key(running, client)};
    EXPECT_EQ(all[1].status(), 200);
    EXPECT_EQ(Listener::with_key(running, client).status(), 429);
    EXPECT_EQ(Listener::with_key(running, running.key(fast::KeyKind::sdk)).status(), 200);
    EXPECT_EQ(Listener(running, "/v1/stream?token=" + token(running)).status(), 200);
  }
  EXPECT_TRUE(http::test::eventually([&] { return running.counters().streams == 0; }));
  EXPECT_EQ(Listener::with_key(running, client).status(), 200);
}

TEST(ApiStream, ShowsThatItLives) {
  Running running({}, {.front = {.heartbeat = 1ms}});
  auto listener = Listener::with_key(running, running.key(fast::KeyKind::client));
  EXPECT_NE(listener.next(), "");
  EXPECT_EQ(listener.next(), ":\n\n");
}

TEST(ApiStream, AThousandAreAllTold) {
  Running running;
  change(running);
  const auto key = running.key(fast::KeyKind::client);
  std::vector<Listener> all;
  for (int i = 0; i < 1'000; ++i) all.push_back(Listener::with_key(running, key, current(running)));
  for (auto& listener : all) EXPECT_TRUE(listener.next().ends_with("changed\n\n"));
  for (int i = 0; i < 3; ++i) {
    change(running);
    const auto version = current(running);
    for (auto& listener : all) EXPECT_EQ(field(listener.next(), "id"), version);
  }
}

}  // namespace
}  // namespace touchstone::api
