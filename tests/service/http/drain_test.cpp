#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

// Asks one request after the other on its connection until an answer says that it was the last. Counts the requests
// that got no answer of 200.
struct Asker {
  Wire wire;
  std::string request;
  std::atomic<int>& failed;
  std::atomic<int>& answered;

  void operator()() {
    for (;;) {
      const auto answer = wire.ask(request);
      if (!answer || answer->status != 200) {
        ++failed;
        return;
      }
      ++answered;
      if (answer->header("Connection") == "close") return;
    }
  }
};

TEST(Drain, UnderLoadFailsNoRequest) {
  auto options = quick_options();
  options.deadlines.grace = options.deadlines.drain;  // an asker that gets no processor for a while is not idle
  for (int round = 0; round < 5; ++round) {
    Trial trial(options);
    std::atomic<int> failed{0};
    std::atomic<int> answered{0};
    {
      std::vector<std::jthread> askers;
      for (const auto& path : {"/probe", "/durable/1", "/slow/1"}) {
        for (int i = 0; i < 4; ++i) askers.emplace_back(Asker{Wire(trial.port()), get(path), failed, answered});
      }
      // Those that get no processor until then are connected all the same.
      EXPECT_TRUE(eventually([&] { return answered > 500 && trial.server().counters().active == askers.size(); }));
      trial.server().stop();
    }
    EXPECT_EQ(failed, 0);
  }
}

TEST(Drain, AnswersWhatIsWithTheHandlers) {
  Trial trial;
  trial.writer().hold();
  Wire slow(trial.port());
  Wire durable(trial.port());
  slow.send(get("/door/1"));
  durable.send(get("/durable/1"));
  EXPECT_TRUE(eventually([&] { return trial.door().waiting() == 1 && trial.writer().waiting() == 1; }));
  std::jthread stopping([&] { trial.server().stop(); });
  EXPECT_TRUE(eventually([&] { return !Wire(trial.port()).connected(); }));
  trial.door().open();
  trial.writer().release();
  for (auto* wire : {&slow, &durable}) {
    const auto answers = wire->read_to_end();
    ASSERT_TRUE(answers);
    ASSERT_EQ(answers->size(), 1U);
    EXPECT_EQ(answers->front().status, 200);
    EXPECT_EQ(answers->front().header("Connection"), "close");
  }
}

TEST(Drain, AnswersARequestThatHasBegunToArrive) {
  Trial trial;
  Wire wire(trial.port());
  wire.send("GET /pro");
  EXPECT_TRUE(eventually([&] { return trial.server().counters().bytes_in == 8; }));
  std::jthread stopping([&] { trial.server().stop(); });
  EXPECT_TRUE(eventually([&] { return !Wire(trial.port()).connected(); }));
  wire.send("be HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answers = wire.read_to_end();
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->size(), 1U);
  EXPECT_EQ(answers->front().status, 200);
  EXPECT_EQ(answers->front().header("Connection"), "close");
}

TEST(Drain, AnswersAWholePipeline) {
  Trial trial;
  trial.writer().hold();
  Wire wire(trial.port());
  wire.send(get("/durable/1") + get("/probe") + get("/slow/2"));
  EXPECT_TRUE(eventually([&] { return trial.writer().waiting() == 1; }));
  std::jthread stopping([&] { trial.server().stop(); });
  EXPECT_TRUE(eventually([&] { return !Wire(trial.port()).connected(); }));
  trial.writer().release();
  const auto answers = wire.read_to_end();
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->size(), 3U);
  EXPECT_EQ(answers->at(0).header("Connection"), "");
  EXPECT_EQ(answers->at(2).header("Connection"), "close");
}

TEST(Drain, IsBoundedAndSaysSo) {
  auto options = quick_options();
  options.deadlines.drain = std::chrono::milliseconds{50};
  Trial trial(options);
  trial.writer().hold();
  Wire half(trial.port());
  Wire durable(trial.port());
  half.send("GET /probe HTTP/1.1\r\n");
  durable.send(get("/durable/1"));
  EXPECT_TRUE(eventually([&] {
    return trial.writer().waiting() == 1 && trial.server().counters().bytes_in == 21 + get("/durable/1").size();
  }));
  trial.server().stop();
  const auto half_answer = half.read_to_end();
  const auto durable_answer = durable.read_to_end();
  ASSERT_TRUE(half_answer && durable_answer);
  EXPECT_EQ(half_answer->at(0).status, 408);
  EXPECT_EQ(durable_answer->at(0).status, 503);
}

TEST(Drain, ClosesIdleConnections) {
  Trial trial;
  Wire fresh(trial.port());
  Wire used(trial.port());
  EXPECT_EQ(used.ask(get("/probe"))->status, 200);
  trial.server().stop();
  EXPECT_TRUE(fresh.ended());
  EXPECT_TRUE(used.ended());
}

TEST(Drain, RepliesThatComeAfterTheServerAreDropped) {
  Reply late;
  {
    Server server(
        quick_options(),
        {{Method::get, "/late", 0, DurableHandler([&](const Request&, Reply reply) { late = std::move(reply); })}},
        plain_error);
    server.start();
    Wire wire(server.port());
    wire.send(get("/late"));
    EXPECT_TRUE(eventually([&] { return server.counters().bytes_in > 0 && server.counters().active == 1; }));
    wire.finish_sending();
    auto stopping = std::jthread([&] { server.stop(); });
    EXPECT_EQ(wire.read_to_end()->at(0).status, 503);
    stopping.join();
  }
  late(Response{});
}

TEST(Drain, StopsTwiceAndWithoutAStart) {
  Trial trial;
  trial.server().stop();
  trial.server().stop();
  Server never(quick_options(), {}, plain_error);
  never.stop();
}

}  // namespace
}  // namespace touchstone::http::test
