// Streams: who listens is told of every change in order, costs nothing while nothing changes, and holds up nobody.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLarge = std::size_t{1} << 22U;

/// Counts up to whoever listens.
class Counting {
 public:
  explicit Counting(ServerOptions options = quick_options(), std::chrono::milliseconds beat = 1h)
      : server_(std::move(options), routes(beat), plain_error) {
    server_.start();
  }

  void count() {
    ++number_;
    server_.wake_streams();
  }
  void last() {
    ended_ = true;
    server_.wake_streams();
  }
  Server& server() { return server_; }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] int fed() const { return fed_; }
  [[nodiscard]] std::size_t listening() const { return server_.counters().streams; }

  /// A stream that was told the first number.
  Wire listener(std::string_view headers = "") {
    Wire wire(port());
    wire.send(fmt::format("GET /count HTTP/1.1\r\nHost: a\r\n{}\r\n", headers));
    EXPECT_TRUE(wire.read_through("\r\n\r\n") && wire.read_through("\n"));
    return wire;
  }

 private:
  Stream stream(std::chrono::milliseconds beat) {
    auto feed = [this, seen = -1](std::string& out) mutable {
      ++fed_;
      if (const int now = number_; std::exchange(seen, now) != now)
        fmt::format_to(std::back_inserter(out), "{}\n", now);
      return !ended_;
    };
    return {std::move(feed), "beat\n", beat};
  }

  std::vector<Route> routes(std::chrono::milliseconds beat) {
    const auto counting = [this, beat](const Request&) {
      return Response{.status = 200, .content_type = "text/event-stream", .headers = {}, .body = stream(beat)};
    };
    const auto large = [this](const Request&) {
      auto feed = [this, seen = -1](std::string& out) mutable {
        ++fed_;
        if (const int now = number_; std::exchange(seen, now) != now)
          out.append(kLarge, 'x').append(fmt::format("{}\n", now));
        return true;
      };
      return Response{.status = 200, .content_type = "text/plain", .headers = {}, .body = Stream{std::move(feed)}};
    };
    const auto resumed = [](const Request& request, Response& response) {
      response.body = Stream{[from = std::string(request.last_event_id)](std::string& out) {
        out += "after " + from;
        return false;
      }};
    };
    return {{Method::get, "/count", 0, FastHandler([=](const Request& q, Response& r) { r = counting(q); })},
            {Method::get, "/slowly", 0, SlowHandler(counting)},
            {Method::get, "/large", 0, FastHandler([=](const Request& q, Response& r) { r = large(q); })},
            {Method::get, "/resumed", 0, FastHandler(resumed)},
            {Method::get, "/throws", 0,
             FastHandler([](const Request&, Response& r) { r.body = Stream{[](std::string&) -> bool { throw 7; }}; })},
            {Method::get, "/probe", 0, FastHandler([](const Request&, Response& r) { r.body = "probe"; })}};
  }

  std::atomic<int> number_{0};
  std::atomic<int> fed_{0};
  std::atomic<bool> ended_{false};
  Server server_;
};

TEST(Stream, TellsEveryChangeFromTheFirstState) {
  Counting counting;
  for (const std::string path : {"/count", "/slowly"}) {
    Wire wire(counting.port());
    wire.send(get(path));
    const auto head = wire.read_through("\r\n\r\n");
    ASSERT_TRUE(head);
    EXPECT_NE(head->find("text/event-stream"), std::string::npos);
    EXPECT_EQ(head->find("Content-Length"), std::string::npos);
    EXPECT_NE(head->find("Connection: close"), std::string::npos);
    auto said = std::stoi(*wire.read_through("\n"));
    for (int i = 0; i < 100; ++i) {
      counting.count();
      EXPECT_EQ(std::stoi(wire.read_through("\n").value_or("0")), ++said);
    }
  }
}

TEST(Stream, ManyAreAllTold) {
  Counting counting;
  std::vector<Wire> wires;
  for (int i = 0; i < 300; ++i) wires.push_back(counting.listener());
  EXPECT_EQ(counting.listening(), 300U);
  for (int number = 1; number <= 5; ++number) {
    counting.count();
    for (auto& wire : wires) EXPECT_EQ(wire.read_through("\n"), fmt::format("{}\n", number));
  }
  wires.clear();
  EXPECT_TRUE(eventually([&] { return counting.listening() == 0; }));
}

TEST(Stream, NeverGoesBackHoweverManyWakeIt) {
  Counting counting;
  Wire wire = counting.listener();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 500; ++i) counting.count();
      });
  }
  for (int last = 0; last < 2'000;) {
    const auto next = std::stoi(wire.read_through("\n").value_or("-1"));
    ASSERT_GT(next, last);
    last = next;
  }
}

TEST(Stream, BeatsWhileNothingChangesAndOutlivesIdleTimes) {
  auto options = quick_options();
  options.deadlines.idle = 1ms;
  options.deadlines.header = 1ms;
  Counting counting(options, 1ms);
  Wire wire = counting.listener();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(wire.read_through("\n"), "beat\n");
  counting.count();
  EXPECT_TRUE(wire.read_through("1\n"));
}

TEST(Stream, EndsWhereItsFeedSaysSo) {
  Counting counting;
  Wire wire = counting.listener();
  counting.last();
  EXPECT_TRUE(wire.ended());
  EXPECT_TRUE(eventually([&] { return counting.listening() == 0; }));
}

TEST(Stream, AFeedThatThrowsEndsItsConnectionAlone) {
  Counting counting;
  Wire fine = counting.listener();
  Wire wire(counting.port());
  EXPECT_FALSE(wire.ask(get("/throws")));
  counting.count();
  EXPECT_EQ(fine.read_through("\n"), "1\n");
}

TEST(Stream, KnowsWhatItsReaderHasSeen) {
  Counting counting;
  Wire wire(counting.port());
  wire.send("GET /resumed HTTP/1.1\r\nHost: a\r\nlast-event-id: 41\r\n\r\n");
  EXPECT_TRUE(wire.read_through("after 41"));
  EXPECT_TRUE(wire.ended());
}

TEST(Stream, AHeadOfOneIsAHead) {
  Counting counting;
  Wire wire(counting.port());
  wire.send("HEAD /count HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(wire.read(true)->status, 200);
  EXPECT_EQ(wire.ask(get("/probe"))->body, "probe");
  EXPECT_EQ(counting.fed(), 0);
}

TEST(Stream, WhatIsAskedBehindItIsNeverAnswered) {
  Counting counting;
  Wire wire(counting.port());
  wire.send(get("/count") + get("/probe"));
  EXPECT_TRUE(wire.read_through("0\n"));
  wire.send(get("/probe"));
  counting.count();
  EXPECT_EQ(wire.read_through("\n"), "1\n");
}

TEST(Stream, BeyondTheLimitIsToldWhenToComeAgain) {
  auto options = quick_options();
  options.limits.streams = 2;
  Counting counting(options);
  std::vector<Wire> wires;
  for (int i = 0; i < 2; ++i) wires.push_back(counting.listener());
  Wire wire(counting.port());
  const auto refused = wire.ask(get("/count"));
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->header("Retry-After"), "1");
  EXPECT_EQ(wire.ask(get("/probe"))->status, 200);
  wires.clear();
  EXPECT_TRUE(eventually([&] { return counting.listening() == 0; }));
  counting.listener();
}

TEST(Stream, WhoeverReadsSlowlyMissesWhatIsOverAndHoldsUpNobody) {
  Counting counting;
  Wire slow(counting.port());
  slow.send(get("/large"));
  EXPECT_TRUE(slow.read_through("\r\n\r\n"));
  Wire quick = counting.listener();
  for (int number = 1; number <= 200; ++number) {
    counting.count();
    EXPECT_EQ(quick.read_through("\n"), fmt::format("{}\n", number));
  }
  EXPECT_LT(counting.fed(), 500);  // the quick one's, and hardly any of the slow one's
  std::string last;
  while (last != "200") {
    const auto next = slow.read_through("\n");
    ASSERT_TRUE(next);
    last = next->substr(next->rfind('x') + 1, next->size() - next->rfind('x') - 2);
  }
}

TEST(Stream, WhoeverTakesNothingIsDropped) {
  auto options = quick_options();
  options.deadlines.write = {5ms, 65'536};
  Counting counting(options);
  Wire wire(counting.port());
  wire.send(get("/large"));
  counting.count();
  EXPECT_TRUE(eventually([&] { return counting.server().counters().active == 0; }));
  EXPECT_EQ(counting.listening(), 0U);
}

TEST(Stream, EndsInOrderWhenTheServerStops) {
  Counting counting;
  std::vector<Wire> wires;
  for (int i = 0; i < 20; ++i) wires.push_back(counting.listener());
  Wire slow(counting.port());
  slow.send(get("/large"));
  EXPECT_TRUE(slow.read_through("\r\n\r\n"));
  std::jthread stopping([&] { counting.server().stop(); });
  for (auto& wire : wires) EXPECT_TRUE(wire.ended());
  stopping.join();
  counting.count();  // nobody is there to be woken
}

}  // namespace
}  // namespace touchstone::http::test
