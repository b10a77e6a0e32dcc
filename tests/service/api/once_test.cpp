#include "service/api/once.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kLayer = R"({"key":"shop"})";

http::ClientRequest keyed(Running& running, const std::string& key, const std::string& target,
                          const std::string& body) {
  return {.method = http::Method::post,
          .target = target,
          .body = body,
          .headers = {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}, {"Idempotency-Key", key}}};
}

http::ClientResponse post(Running& running, const std::string& key, const std::string& target,
                          const std::string& body) {
  return running.send(keyed(running, key, target, body));
}

void expect_replay(const http::ClientResponse& first, const http::ClientResponse& again) {
  EXPECT_EQ(again.status, first.status);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(first.header("Idempotency-Replayed"), "");
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST(ApiOnce, ARepetitionIsAnsweredAlikeAlsoAfterARestart) {
  Running running;
  const auto first = post(running, "k1", "/v1/layers", kLayer);
  ASSERT_EQ(first.status, 201) << first.body;
  expect_replay(first, post(running, "k1", "/v1/layers", kLayer));
  running.restart();
  expect_replay(first, post(running, "k1", "/v1/layers", kLayer));
  EXPECT_EQ(post(running, "k2", "/v1/layers", kLayer).status, 409) << "another key: another request";
}

TEST(ApiOnce, AMoveHappensOnceAndItsAnswerStays) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments", R"({"key":"a","variants":[{"key":"c"},{"key":"t"}]})").status, 201);
  const auto started = post(running, "go", "/v1/experiments/a:start", "{}");
  ASSERT_EQ(started.status, 200);
  ASSERT_EQ(running.post("/v1/experiments/a:pause", "").status, 200);
  expect_replay(started, post(running, "go", "/v1/experiments/a:start", "{}"));
  EXPECT_EQ(member(running.get("/v1/experiments/a").body, "/state"), "paused");
  EXPECT_EQ(post(running, "go", "/v1/experiments/a:resume", "{}").status, 200) << "the key counts per path";
}

TEST(ApiOnce, AnotherRequestUnderTheSameKeyIsRefused) {
  Running running;
  const auto body = R"({"key":"a","variants":[{"key":"c"},{"key":"t"}]})";
  ASSERT_EQ(post(running, "k", "/v1/experiments", body).status, 201);
  const auto other = post(running, "k", "/v1/experiments", R"({"key":"b","variants":[{"key":"c"},{"key":"t"}]})");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(running.get("/v1/experiments/b").status, 404);
  EXPECT_EQ(post(running, "k", "/v1/experiments?start", body).status, 422) << "the query is part of the request";
}

TEST(ApiOnce, ARefusalIsNotKept) {
  Running running;
  EXPECT_EQ(post(running, "k", "/v1/layers", R"({"key":"?"})").status, 422);
  EXPECT_EQ(post(running, "k", "/v1/layers", kLayer).status, 201);
}

TEST(ApiOnce, AKeyCountsForTheApiKeyThatSentIt) {
  Running running;
  ASSERT_EQ(post(running, "k", "/v1/layers", kLayer).status, 201);
  const auto other = member(running.post("/v1/keys", R"({"kind":"admin"})").body, "/key");
  auto request = keyed(running, "k", "/v1/layers", kLayer);
  request.headers[0].second = "Bearer " + other;
  EXPECT_EQ(running.send(request).status, 409) << "the layer exists, and nothing is replayed";
}

TEST(ApiOnce, OfManyAtOnceOneHasTheEffect) {
  Running running;
  const auto request = keyed(running, "k", "/v1/keys", R"({"kind":"client","name":"once"})");
  std::array<int, 16> statuses{};
  std::array<std::string, 16> bodies;
  std::vector<std::thread> callers;
  for (std::size_t i = 0; i < statuses.size(); ++i)
    callers.emplace_back([&, i] {
      const auto answer = http::Client("127.0.0.1", running.port()).send(request);
      statuses[i] = answer ? answer->status : 0;
      bodies[i] = answer ? answer->body : "";
    });
  for (auto& caller : callers) caller.join();
  std::set<std::string> keys;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    EXPECT_TRUE(statuses[i] == 201 || statuses[i] == 409) << statuses[i] << bodies[i];
    if (statuses[i] == 201) keys.insert(member(bodies[i], "/key"));
  }
  EXPECT_EQ(keys.size(), 1U);
  EXPECT_EQ(member(running.get("/v1/keys").body, "/items/2"), "") << "the one that asks, and one more";
}

TEST(ApiOnce, AfterADayTheKeyIsFreeAgain) {
  auto now = std::make_shared<std::atomic<std::int64_t>>(1'800'000'000'000'000);
  app::ServiceOptions options;
  options.writer.now = [now] { return Time{Micros{now->load()}}; };
  Running running(options);
  ASSERT_EQ(post(running, "k", "/v1/layers", kLayer).status, 201);
  *now += std::chrono::duration_cast<Micros>(Once::life).count() - 1;
  EXPECT_EQ(post(running, "k", "/v1/layers", kLayer).status, 201);
  *now += 1;
  EXPECT_EQ(post(running, "k", "/v1/layers", kLayer).status, 409);
  EXPECT_EQ(post(running, "k", "/v1/layers", R"({"key":"other"})").status, 201);
}

TEST(ApiOnce, KeysThatCannotBeAreRefused) {
  Running running;
  EXPECT_EQ(post(running, std::string(255, 'k'), "/v1/layers", kLayer).status, 201);
  EXPECT_EQ(post(running, std::string(256, 'k'), "/v1/layers", R"({"key":"b"})").status, 422);
  EXPECT_EQ(post(running, "two words", "/v1/layers", R"({"key":"b"})").status, 422);
  http::Client local(running.socket());
  const auto refused = local.send(keyed(running, "k", "/v1/layers", R"({"key":"b"})"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 422) << "the operator has no key that it could count for";
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The answer that is replayed holds a new key; the files do not.
TEST(ApiOnce, NoIssuedKeyIsInTheDataDirectory) {
  Running running;
  const auto made = post(running, "k", "/v1/keys", R"({"kind":"server"})");
  ASSERT_EQ(made.status, 201);
  const auto secret = member(made.body, "/key").substr(20);
  EXPECT_EQ(member(post(running, "k", "/v1/keys", R"({"kind":"server"})").body, "/key"), member(made.body, "/key"));
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(running.socket().parent_path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_EQ(content_of(entry.path()).find(secret), std::string::npos) << entry.path();
  }
  EXPECT_GE(files, 2);
}

}  // namespace
}  // namespace touchstone::api
