#include "service/api/cors.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kShop = "https://shop.example";

Fitting open_to_shop() { return {.front = {.cors_origins = {kShop, "http://localhost:3000"}}}; }

http::ClientResponse ask(Running& running, http::Method method, const std::string& target, const std::string& origin,
                         const std::string& token = "") {
  http::ClientRequest request{.method = method, .target = target};
  request.headers = {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}};
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
  return running.send(request);
}

TEST(ApiCors, ANamedOriginIsToldWhatItMaySend) {
  Running running({}, open_to_shop());
  const auto answer = ask(running, http::Method::options, "/v1/evaluate", kShop);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kShop);
  EXPECT_EQ(answer.header("Access-Control-Allow-Methods"), "GET, POST");
  EXPECT_NE(answer.header("Access-Control-Allow-Headers").find("authorization"), std::string_view::npos);
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(answer.header("Vary"), "Origin");
  EXPECT_EQ(ask(running, http::Method::options, "/v1/events", kShop).header("Access-Control-Allow-Methods"), "POST");
}

TEST(ApiCors, ItMayReadEveryAnswerOfTheseRoutes) {
  Running running({}, open_to_shop());
  const auto client = running.key(fast::KeyKind::client);
  struct Asked {
    http::Method method;
    std::string target;
    std::string token;
    int status;
  };
  for (const auto& [method, target, token, status] :
       {Asked{http::Method::get, "/v1/evaluate?unit=u1", client, 200},
        Asked{http::Method::get, "/v1/evaluate", "", 401}, Asked{http::Method::post, "/v1/events", client, 422},
        Asked{http::Method::post, "/v1/events", "", 401},
        Asked{http::Method::get, "/v1/snapshot", running.key(fast::KeyKind::sdk), 200}}) {
    const auto answer = ask(running, method, target, kShop, token);
    EXPECT_EQ(answer.status, status) << target;
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kShop) << target;
    EXPECT_NE(answer.header("Access-Control-Expose-Headers").find("Retry-After"), std::string_view::npos) << target;
  }
}

TEST(ApiCors, NobodyElseMay) {
  Running running({}, open_to_shop());
  const auto client = running.key(fast::KeyKind::client);
  for (const std::string origin : {"https://other.example", "https://shop.example.evil", "http://shop.example", "null",
                                   "https://SHOP.example", "*"}) {
    const auto before = ask(running, http::Method::options, "/v1/evaluate", origin);
    EXPECT_EQ(before.status, 403) << origin;
    EXPECT_EQ(before.header("Access-Control-Allow-Origin"), "") << origin;
    const auto answer = ask(running, http::Method::get, "/v1/evaluate?unit=u1", origin, client);
    EXPECT_EQ(answer.status, 200) << origin;
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "") << origin;
  }
}

TEST(ApiCors, AdministrationIsNotForPagesOfOthers) {
  Running running({}, open_to_shop());
  EXPECT_EQ(ask(running, http::Method::options, "/v1/keys", kShop).status, 405);
  const auto answer = ask(running, http::Method::get, "/v1/keys", kShop, running.key(fast::KeyKind::admin));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "");
}

TEST(ApiCors, WithoutANameNobodyMay) {
  Running running;
  EXPECT_EQ(ask(running, http::Method::options, "/v1/evaluate", kShop).status, 405);
  EXPECT_EQ(ask(running, http::Method::get, "/v1/evaluate?unit=u1", kShop, running.key(fast::KeyKind::client))
                .header("Access-Control-Allow-Origin"),
            "");
}

TEST(ApiCors, OriginsThatNoBrowserSendsAreRefused) {
  EXPECT_TRUE(check_origins({kShop, "http://127.0.0.1:3000", "https://[::1]:8443"}));
  for (const std::string origin : {"*", "null", "shop.example", "https://", "https://shop.example/",
                                   "https://*.example", "https://Shop.example", "https://a b"})
    EXPECT_FALSE(check_origins({origin})) << origin;
}

}  // namespace
}  // namespace touchstone::api
