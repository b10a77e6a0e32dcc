#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

std::string body_of(std::uint16_t port, std::string_view request) {
  const auto answer = Wire(port).ask(request);
  return answer ? std::to_string(answer->status) + " " + answer->body : "no answer";
}

TEST(Lanes, HandThePartsOfARequestToTheHandler) {
  Trial trial;
  for (const auto* lane : {"fast", "slow", "durable"})
    EXPECT_EQ(body_of(trial.port(), get(std::string("/") + lane + "/k%20y?q=%20")),
              std::string("200 /") + lane + "/k y|q=%20|k y||");
  EXPECT_EQ(body_of(trial.port(), post("/slow", "hello")), "200 /slow||||hello");
}

TEST(Lanes, KeepTheOrderOfAPipeline) {
  Trial trial;
  trial.writer().hold();
  Wire wire(trial.port());
  const std::vector<std::string> paths{"/fast/0", "/durable/1", "/fast/2", "/slow/3",
                                       "/slow/4", "/durable/5", "/fast/6"};
  std::string all;
  for (const auto& path : paths) all += get(path);
  wire.send(all);
  EXPECT_EQ(wire.read()->body.substr(0, 7), "/fast/0") << "a reply that is ready does not wait for the next";
  trial.writer().release();
  for (std::size_t i = 1; i < paths.size(); ++i)
    EXPECT_EQ(wire.read()->body, paths[i] + "||" + std::to_string(i) + "||");
}

TEST(Lanes, KeepTheRequestWhileAnotherArrives) {
  Trial trial;
  trial.writer().hold();
  Wire wire(trial.port());
  wire.send(post("/slow", std::string(1000, 'a')) + post("/slow", std::string(1000, 'b')));
  EXPECT_EQ(wire.read()->body, "/slow||||" + std::string(1000, 'a'));
  EXPECT_EQ(wire.read()->body, "/slow||||" + std::string(1000, 'b'));
}

TEST(Lanes, AFullPoolAnswers503AndRecovers) {
  auto options = quick_options();
  options.slow_threads = 1;
  options.slow_queue = 2;
  Trial trial(options);
  std::vector<Wire> wires;
  for (int i = 0; i < 3; ++i) {
    wires.emplace_back(trial.port());
    wires.back().send(get("/door/" + std::to_string(i)));
    EXPECT_TRUE(eventually([&] { return trial.door().waiting() == 1; }));
    EXPECT_TRUE(eventually([&] { return trial.server().counters().slow_queued == static_cast<std::size_t>(i); }));
  }
  Wire refused(trial.port());
  const auto answer = refused.ask(get("/door/3"));
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->header("Retry-After"), "1");
  EXPECT_EQ(answer->header("Connection"), "");
  EXPECT_EQ(refused.ask(get("/probe"))->status, 200) << "other lanes go on";
  trial.door().open();
  for (auto& wire : wires) EXPECT_EQ(wire.read()->status, 200);
  EXPECT_EQ(refused.ask(get("/door/4"))->status, 200);
}

TEST(Lanes, ExceptionsEndNoMoreThanTheirRequest) {
  Trial trial;
  Wire wire(trial.port());
  for (const auto& [path, status] : std::vector<std::pair<std::string, int>>{{"/throws", 500},
                                                                             {"/throws-int", 500},
                                                                             {"/no-memory", 503},
                                                                             {"/durable-throws", 500},
                                                                             {"/durable-drops", 500},
                                                                             {"/slow-throws", 500},
                                                                             {"/slow-no-memory", 503}}) {
    const auto answer = wire.ask(get(path));
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, status) << path;
    EXPECT_FALSE(answer->header("X-Request-Id").empty());
    EXPECT_EQ(answer->body.find("handler\""), std::string::npos) << "the cause is for the log alone";
  }
  EXPECT_EQ(wire.ask(get("/probe"))->status, 200);
  const auto failures = trial.failures();
  EXPECT_EQ(failures.size(), 6U);
  EXPECT_EQ(failures.front(), "fast handler");
  EXPECT_EQ(trial.server().counters().refused[static_cast<std::size_t>(Reason::handler_failed)], 7U);
}

TEST(Lanes, TheFirstReplyCounts) {
  Trial trial;
  Wire wire(trial.port());
  EXPECT_EQ(wire.ask(get("/durable-twice"))->body, "first");
  EXPECT_EQ(wire.ask(get("/durable-answers-and-throws"))->body, "answered");
  EXPECT_EQ(wire.ask(get("/probe"))->body, "probe");
}

TEST(Lanes, APeerThatLeavesIsForgotten) {
  Trial trial;
  trial.writer().hold();
  {
    Wire wire(trial.port());
    wire.send(get("/durable/1"));
    EXPECT_TRUE(eventually([&] { return trial.writer().waiting() == 1; }));
  }
  trial.writer().release();
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 0; }));
}

TEST(Lanes, ManyDurableRepliesAtOnceReachTheirConnections) {
  Trial trial;
  trial.writer().hold();
  std::vector<Wire> wires;
  for (int i = 0; i < 200; ++i) {
    wires.emplace_back(trial.port());
    wires.back().send(get("/durable/" + std::to_string(i)));
  }
  EXPECT_TRUE(eventually([&] { return trial.writer().waiting() == 200; }));
  trial.writer().release();
  for (std::size_t i = 0; i < wires.size(); ++i)
    EXPECT_EQ(wires[i].read()->body, "/durable/" + std::to_string(i) + "||" + std::to_string(i) + "||");
}

}  // namespace
}  // namespace touchstone::http::test
