#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

http::ClientResponse ask_until(Running& running, int wanted, const std::string& target) {
  auto answer = running.get(target);
  while (answer.status != wanted) answer = running.get(target);
  return answer;
}

TEST(ApiRate, BeyondTheLimitAKeyIsToldHowLongToWait) {
  Running running({}, {.front = {.rate_limit = 1, .slow_rate_limit = 1}});
  for (const std::string target : {"/v1/evaluate?unit=u1", "/v1/keys"}) {
    ask_until(running, 200, target);
    const auto refused = ask_until(running, 429, target);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(member(refused.body, "/type"), "/problems/too-many-requests");
    EXPECT_EQ(ask_until(running, 200, target).status, 200) << "after a while it may ask again";
  }
}

TEST(ApiRate, OneKeyDoesNotUseUpWhatAnotherHas) {
  Running running({}, {.front = {.rate_limit = 1}});
  const auto quiet = running.key(fast::KeyKind::client);
  ask_until(running, 429, "/v1/evaluate?unit=u1");
  EXPECT_EQ(running.send_as(quiet, http::Method::get, "/v1/evaluate?unit=u1").status, 200);
}

TEST(ApiRate, TheOperatorAndOpenRoutesHaveNone) {
  Running running({}, {.front = {.rate_limit = 1, .slow_rate_limit = 1}});
  http::Client local(running.socket());
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(local.send({.target = "/v1/keys"})->status, 200);
    EXPECT_EQ(running.send_as("", http::Method::get, "/healthz").status, 200);
    EXPECT_EQ(running.send_as("", http::Method::get, "/version").status, 200);
  }
}

}  // namespace
}  // namespace touchstone::api
