#include <thread>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

using std::chrono::milliseconds;

ServerOptions hasty() {
  auto options = quick_options();
  options.deadlines.header = milliseconds{60};
  options.deadlines.idle = milliseconds{60};
  options.deadlines.body = {milliseconds{60}, 64};
  options.deadlines.write = {milliseconds{60}, 1 << 20};
  options.deadlines.linger = milliseconds{60};
  return options;
}

void expect_timeout(Wire& wire) {
  const auto answers = wire.read_to_end();
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->size(), 1U);
  EXPECT_EQ(answers->front().status, 408);
  EXPECT_EQ(answers->front().header("Connection"), "close");
}

TEST(Deadline, OfASilentConnectionClosesItWithoutAWord) {
  Trial trial(hasty());
  Wire wire(trial.port());
  EXPECT_TRUE(wire.ended());
}

TEST(Deadline, OfAnIdleConnectionClosesItWithoutAWord) {
  Trial trial(hasty());
  Wire wire(trial.port());
  EXPECT_EQ(wire.ask(get("/probe"))->status, 200);
  EXPECT_TRUE(wire.ended());
}

TEST(Deadline, OfTheHeadIsAnswered) {
  Trial trial(hasty());
  Wire wire(trial.port());
  wire.send("GET /probe HTTP/1.1\r\nHost: a\r\n");
  expect_timeout(wire);
}

TEST(Deadline, OfTheHeadCountsFromItsFirstByte) {
  auto options = hasty();
  options.limits.header_bytes = 16 << 20;  // so that nothing but the deadline ends it
  Trial trial(options);
  Wire wire(trial.port());
  wire.send("GET /probe HTTP/1.1\r\nX: ");
  std::jthread dripping([&] { EXPECT_TRUE(eventually([&] { return !wire.send("a"); })); });
  EXPECT_EQ(wire.read()->status, 408);
}

TEST(Deadline, OfTheSecondHeadIsAnsweredToo) {
  Trial trial(hasty());
  Wire wire(trial.port());
  EXPECT_EQ(wire.ask(get("/probe") + "GET /pro")->status, 200);
  expect_timeout(wire);
}

TEST(Deadline, OfABodyIsAnswered) {
  Trial trial(hasty());
  Wire wire(trial.port());
  wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhello");
  expect_timeout(wire);
}

TEST(Deadline, OfAChunkedBodyIsAnswered) {
  Trial trial(hasty());
  Wire wire(trial.port());
  wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  expect_timeout(wire);
}

TEST(Deadline, OfAReaderWhoDoesNotReadDropsTheConnection) {
  Trial trial(hasty());
  Wire wire(trial.port());
  for (int i = 0; i < 16; ++i) wire.send(get("/large"));
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 0; }));
}

TEST(Deadline, OfLingeringEndsAConnectionThatThePeerHoldsOpen) {
  Trial trial(hasty());
  Wire wire(trial.port());
  EXPECT_EQ(wire.ask("nonsense\r\n\r\n")->status, 400);
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 0; }));
}

TEST(Deadline, DoesNotStrikeARequestThatTheServiceIsSlowWith) {
  Trial trial(hasty());
  Wire slow(trial.port());
  slow.send(get("/door/1"));
  EXPECT_TRUE(eventually([&] { return trial.door().waiting() == 1; }));
  Wire idle(trial.port());  // passes through its whole deadline while the other waits
  EXPECT_TRUE(idle.ended());
  trial.door().open();
  EXPECT_EQ(slow.read()->status, 200);
}

TEST(Deadline, AttacksDoNotDisturbOthers) {
  Trial trial(hasty());
  std::vector<Wire> slow;
  for (int i = 0; i < 300; ++i) {
    slow.emplace_back(trial.port());
    slow.back().send(i % 2 == 0 ? "GET /probe HTTP/1.1\r\n"
                                : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
  }
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Wire(trial.port()).ask(get("/probe"))->status, 200);
  for (auto& wire : slow) expect_timeout(wire);
}

}  // namespace
}  // namespace touchstone::http::test
