#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

constexpr Limits kLimits{};

// The status of the one answer, and "closed" where the connection was closed after it.
std::string outcome(Trial& trial, const std::string& bytes) {
  Wire wire(trial.port());
  wire.send(bytes);
  wire.finish_sending();
  const auto answers = wire.read_to_end();
  if (!answers || answers->size() != 1) return "not one answer";
  return std::to_string(answers->front().status) + " " + answers->front().header("Connection");
}

std::string head_of(std::size_t bytes) {
  const std::string start = "GET /probe HTTP/1.1\r\nHost: a\r\nX: ";
  return start + std::string(bytes - start.size() - 4, 'x') + "\r\n\r\n";
}

std::string target_of(std::size_t bytes) { return get("/probe?" + std::string(bytes - 7, 'x')); }

std::string fields(std::size_t count) {
  std::string head = "GET /probe HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t i = 1; i < count; ++i) head += "X: y\r\n";
  return head + "\r\n";
}

std::string chunks_of(std::size_t bytes) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n" +
         [](std::size_t rest) {
           std::string size;
           for (; rest > 0; rest /= 16) size.insert(size.begin(), "0123456789abcdef"[rest % 16]);
           return size;
         }(bytes - 1) +
         "\r\n" + std::string(bytes - 1, 'x') + "\r\n0\r\n\r\n";
}

TEST(Limits, HoldExactlyAtTheirEdge) {
  Trial trial;
  EXPECT_EQ(outcome(trial, head_of(kLimits.header_bytes - 1)), "200 ");
  EXPECT_EQ(outcome(trial, head_of(kLimits.header_bytes)), "200 ");
  EXPECT_EQ(outcome(trial, head_of(kLimits.header_bytes + 1)), "431 close");
  EXPECT_EQ(outcome(trial, head_of(40 * kLimits.header_bytes)), "431 close");

  EXPECT_EQ(outcome(trial, fields(kLimits.header_fields - 1)), "200 ");
  EXPECT_EQ(outcome(trial, fields(kLimits.header_fields)), "200 ");
  EXPECT_EQ(outcome(trial, fields(kLimits.header_fields + 1)), "431 close");

  EXPECT_EQ(outcome(trial, target_of(kLimits.target_bytes - 1)), "200 ");
  EXPECT_EQ(outcome(trial, target_of(kLimits.target_bytes)), "200 ");
  EXPECT_EQ(outcome(trial, target_of(kLimits.target_bytes + 1)), "414 close");
  EXPECT_EQ(outcome(trial, target_of(100 * kLimits.target_bytes)), "414 close");

  EXPECT_EQ(outcome(trial, post("/echo", std::string(Trial::kSmallBody - 1, 'x'))), "200 ");
  EXPECT_EQ(outcome(trial, post("/echo", std::string(Trial::kSmallBody, 'x'))), "200 ");
  EXPECT_EQ(outcome(trial, post("/echo", std::string(Trial::kSmallBody + 1, 'x'))), "413 close");

  EXPECT_EQ(outcome(trial, chunks_of(Trial::kSmallBody - 1)), "200 ");
  EXPECT_EQ(outcome(trial, chunks_of(Trial::kSmallBody)), "200 ");
  EXPECT_EQ(outcome(trial, chunks_of(Trial::kSmallBody + 1)), "413 close");
}

TEST(Limits, RefuseABodyBeforeItIsSent) {
  Trial trial;
  Wire wire(trial.port());
  EXPECT_EQ(wire.ask("POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n\r\n")->status, 413);
}

TEST(Limits, LargeBodiesArriveWhole) {
  Trial trial;
  Wire wire(trial.port());
  const std::string body(Trial::kLargeBody, 'x');
  EXPECT_EQ(wire.ask(post("/size", body))->body, "4194304");
  EXPECT_EQ(wire.ask(get("/probe") + post("/size", body))->body, "probe");
  EXPECT_EQ(wire.read()->body, "4194304");
  EXPECT_EQ(wire.ask(post("/durable", body))->body, "4194304");
  EXPECT_EQ(wire.ask(get("/large"))->body, body);
}

TEST(Limits, ABodyIsAskedForWhereTheClientWaits) {
  Trial trial;
  Wire wire(trial.port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n";
  EXPECT_EQ(wire.ask(head + "Content-Length: 5\r\n\r\n")->status, 100);
  EXPECT_EQ(wire.ask("hello")->body, "/echo||||hello");
  EXPECT_EQ(wire.ask(head + "Transfer-Encoding: chunked\r\n\r\n")->status, 100);
  EXPECT_EQ(wire.ask("5\r\nhello\r\n0\r\n\r\n")->body, "/echo||||hello");
  EXPECT_EQ(wire.ask(head + "Content-Length: 5000\r\n\r\n")->status, 413);
}

TEST(Limits, ReadingStopsWhileRepliesAreNotFetched) {
  auto options = quick_options();
  options.threads = 1;
  Trial trial(options);
  Wire wire(trial.port());
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += get("/large");
  wire.send(hundred);
  // The sockets' buffers and one reply beyond the limit are all that the server makes: far from 400 MB.
  EXPECT_TRUE(eventually([&] { return trial.server().counters().bytes_out > 0; }));
  EXPECT_LT(trial.server().counters().requests[2], 10U);
  EXPECT_EQ(Wire(trial.port()).ask(get("/probe"))->status, 200);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(wire.read()->body.size(), Trial::kLargeBody);
}

TEST(Connections, BeyondTheLimitAreAnswered503UntilOneIsIdle) {
  auto options = quick_options();
  options.threads = 1;
  options.limits.connections = 2;
  Trial trial(options);
  Wire first(trial.port());
  Wire second(trial.port());
  first.send(get("/door/1"));
  second.send(get("/door/2"));
  EXPECT_TRUE(eventually([&] { return trial.door().waiting() == 2; }));
  const auto refused = Wire(trial.port()).read_to_end();
  ASSERT_TRUE(refused);
  ASSERT_EQ(refused->size(), 1U);
  EXPECT_EQ(refused->front().status, 503);
  EXPECT_EQ(refused->front().header("Retry-After"), "1");
  trial.door().open();
  EXPECT_EQ(first.read()->status, 200);
  EXPECT_EQ(second.read()->status, 200);
  EXPECT_TRUE(eventually([&] {
    const auto answer = Wire(trial.port()).ask(get("/probe"));
    return answer && answer->status == 200;
  }));
  EXPECT_EQ(trial.server().counters().connections_refused >= 1, true);
  EXPECT_EQ(trial.server().counters().connections_evicted, 1U);
}

TEST(Connections, TwoThousandIdleOnesDisturbNobody) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < 5000) GTEST_SKIP() << "the descriptor limit is below 5,000";
  Trial trial;
  std::vector<Wire> idle;
  for (int i = 0; i < 2000; ++i) idle.emplace_back(trial.port());
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 2000; }));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Wire(trial.port()).ask(get("/probe"))->status, 200);
  for (auto& wire : idle) ASSERT_EQ(wire.ask(get("/probe"))->status, 200);
  idle.clear();
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 0; }));
}

TEST(Connections, WithoutDescriptorsAcceptingRestsAndRecovers) {
  Trial trial;
  Wire kept(trial.port());
  EXPECT_EQ(kept.ask(get("/probe"))->status, 200);
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(trial.port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  rlimit none = before;
  none.rlim_cur = 0;  // no new descriptor for anybody in this process; those that are open go on
  setrlimit(RLIMIT_NOFILE, &none);
  EXPECT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  EXPECT_TRUE(eventually([&] { return trial.server().counters().accept_failures > 0; }));
  EXPECT_EQ(kept.ask(get("/probe"))->status, 200);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 2; })) << "the one that waited is taken";
  EXPECT_EQ(Wire(trial.port()).ask(get("/probe"))->status, 200);
  ::close(client);
}

}  // namespace
}  // namespace touchstone::http::test
