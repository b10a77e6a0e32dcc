// A report for whoever has its link.

#include <atomic>
#include <chrono>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/page/frame.hpp"
#include "tests/files_with.hpp"
#include "tests/service/api/decided.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

const std::string kLinks = "/v1/experiments/checkout/share-links";

http::ClientResponse open(Running& running, const std::string& path) {
  http::Client browser("127.0.0.1", running.port());
  const auto answer = browser.send({.method = http::Method::get, .target = path});
  return answer ? *answer : http::ClientResponse{};
}

json share(Running& running, const std::string& body = "") {
  const auto made = running.post(kLinks, body);
  EXPECT_EQ(made.status, 201) << made.body;
  return json::parse(made.body);
}

TEST(ApiShares, WhoeverHasTheLinkReadsTheReportAndNothingElse) {
  Running running;
  run_checkout(running, 10, 40);
  const auto link = share(running);
  const auto page = open(running, link["path"]);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Ship b"), std::string::npos);
  EXPECT_EQ(page.body.find("/console"), std::string::npos) << "it leads nowhere";
  EXPECT_EQ(page.body.find("/experiments/"), std::string::npos);
  EXPECT_EQ(page.header("X-Robots-Tag"), "noindex");
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Content-Security-Policy"), page::content_security_policy);
  EXPECT_EQ(open(running, "/experiments/checkout").status, 401);
  EXPECT_EQ(open(running, "/shared/x").status, 404);
}

/// The outlier check names whom it found to those who are signed in.
TEST(ApiShares, NoUnitIsNamed) {
  Running running;
  running.post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase"})");
  running.post("/v1/experiments",
               R"({"key":"checkout","scheme":"external","exposure":"client","sticky":{},"variants":[{"key":"a"},)"
               R"({"key":"b"}],"plan":{"metrics":[{"metric":"revenue"}]}})");
  running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})");
  std::string events;
  for (int i = 0; i < 200; ++i) {
    const auto rest = R"(","unit":"person-)" + std::to_string(i) + R"(","ts":"2026-01-02T00:00:00Z"})" + "\n";
    events += R"({"type":"exposure","experiment":"checkout","variant":")" + std::string(i % 2 == 0 ? "a" : "b") +
              R"(","id":"x)" + std::to_string(i) + rest;
    events += R"({"type":"event","name":"purchase","value":)" + std::to_string(i == 77 ? 100'000 : 1 + i % 5) +
              R"(,"id":"p)" + std::to_string(i) + rest;
  }
  ASSERT_EQ(running.post("/v1/events", events).status, 200);
  ASSERT_NE(running.get("/experiments/checkout").body.find("person-77"), std::string::npos);
  const auto page = open(running, share(running)["path"]);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body.find("person-"), std::string::npos);
}

TEST(ApiShares, EndWhenTheyExpireOrAreTakenBack) {
  std::atomic<Micros> later{Micros(0)};
  app::ServiceOptions options;
  options.writer.now = [&later] { return std::chrono::floor<Micros>(std::chrono::system_clock::now()) + later.load(); };
  Running running(options);
  run_checkout(running, 10, 40);
  const auto first = share(running, R"({"expires_in":"1d"})");
  const auto second = share(running, R"({"expires_in":"90d"})");
  const auto listed = [&] { return json::parse(running.get(kLinks).body)["items"]; };
  ASSERT_EQ(listed().size(), 2U);
  EXPECT_EQ(listed()[0]["id"], first["id"]);
  EXPECT_FALSE(listed()[0].contains("path"));
  EXPECT_EQ(open(running, first["path"]).status, 200);
  later = std::chrono::hours(25);
  EXPECT_EQ(open(running, first["path"]).status, 404);
  EXPECT_EQ(listed().size(), 1U);
  const auto one = "/v1/share-links/" + second["id"].get<std::string>();
  EXPECT_EQ(running.send(http::Method::del, one).status, 204);
  EXPECT_EQ(running.send(http::Method::del, one).status, 404);
  EXPECT_EQ(open(running, second["path"]).status, 404);
  running.restart();
  EXPECT_EQ(open(running, second["path"]).status, 404);
  EXPECT_TRUE(listed().empty());
}

TEST(ApiShares, TheDirectoryHoldsNoLink) {
  Running running;
  run_checkout(running, 10, 40);
  const auto link = share(running);
  const auto token = link["path"].get<std::string>().substr(std::string("/shared/").size());
  EXPECT_TRUE(files_with(running.service().directory().path(), token).empty());
  EXPECT_FALSE(files_with(running.service().directory().path(), link["id"]).empty()) << "or nothing is found anyway";
}

TEST(ApiShares, LastBetweenASecondAndNinetyDays) {
  Running running;
  run_checkout(running, 10, 40);
  for (const std::string lifetime : {"\"91d\"", "\"0s\"", "\"soon\"", "7"}) {
    const auto refused = running.post(kLinks, R"({"expires_in":)" + lifetime + "}");
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/expires_in") << refused.body;
  }
  EXPECT_EQ(running.post("/v1/experiments/nothing/share-links", "").status, 404);
}

}  // namespace
}  // namespace touchstone::api
