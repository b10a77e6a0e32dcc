// A variant to look at on one's own device.

#include <atomic>
#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kLinks = "/v1/preview-links";

void start(Running& running) {
  const auto made = running.post("/v1/experiments?start", R"({"key":"e","coverage":0,"when":["country","is","DE"],)"
                                                          R"("variants":[{"key":"a"},{"key":"b"}]})");
  ASSERT_EQ(made.status, 201) << made.body;
}

std::string token(Running& running, const std::string& further = "") {
  const auto made = running.post(kLinks, R"({"experiment":"e","variant":"b")" + further + "}");
  EXPECT_EQ(made.status, 201) << made.body;
  return member(made.body, "/token");
}

TEST(ApiPreview, ForcesTheVariantForWhoeverHasTheLinkAndExposesNobody) {
  Running running;
  start(running);
  const auto leave = token(running);
  const auto client = running.key(fast::KeyKind::client);
  const auto query = running.send_as(client, http::Method::get, "/v1/evaluate?flag=e&unit=u1&preview=" + leave);
  const auto body = running.send_as(client, http::Method::post, "/v1/evaluate",
                                    R"({"flag":"e","unit":"u1","preview":")" + leave + "\"}");
  for (const auto* answer : {&query, &body}) {
    EXPECT_EQ(answer->status, 200) << answer->body;
    EXPECT_EQ(member(answer->body, "/variant"), "b");
    EXPECT_EQ(member(answer->body, "/value"), "true");
    EXPECT_EQ(member(answer->body, "/cause"), "overridden");
    EXPECT_EQ(member(answer->body, "/reason"), "TARGETING_MATCH");
    EXPECT_EQ(member(answer->body, "/exposure"), "none");
  }
  const auto bulk = running.post("/v1/evaluate", R"({"unit":"u1","preview":")" + leave + "\"}");
  EXPECT_EQ(member(bulk.body, "/evaluations/0/variant"), "b") << bulk.body;
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=e&unit=u1").body, "/variant"), "null");
  EXPECT_EQ(member(running.get("/v1/explain?flag=e&preview=" + leave).body, "/rules/0/cause"), "overridden");
  EXPECT_EQ(member(running.get("/v1/experiments/e/report").body, "/counts/units"), "0");
}

TEST(ApiPreview, ALinkCarriesItsTokenToThePage) {
  Running running;
  start(running);
  const auto link = [&](const std::string& page) {
    return member(running.post(kLinks, R"({"experiment":"e","variant":"b","page":")" + page + "\"}").body, "/link");
  };
  EXPECT_TRUE(link("https://shop.example/cart").starts_with("https://shop.example/cart?touchstone_preview="));
  EXPECT_TRUE(link("http://shop.example/?a=1").starts_with("http://shop.example/?a=1&touchstone_preview="));
  EXPECT_TRUE(link("https://shop.example/#top").ends_with("#top"));
}

TEST(ApiPreview, EndsWhenItExpiresAndWithARestartOfNothing) {
  std::atomic<std::int64_t> later{0};
  app::ServiceOptions options;
  options.writer.now = [&later] {
    return std::chrono::floor<Micros>(std::chrono::system_clock::now()) + std::chrono::hours(later);
  };
  Running running(std::move(options));
  start(running);
  const auto leave = token(running, R"(,"expires_in":"2h")");
  running.restart();
  EXPECT_EQ(running.get("/v1/explain?flag=e&preview=" + leave).status, 200);
  later = 3;
  const auto late = running.get("/v1/explain?flag=e&preview=" + leave);
  EXPECT_EQ(late.status, 422);
  EXPECT_EQ(member(late.body, "/errors/0/pointer"), "/preview");
}

TEST(ApiPreview, IsRefusedToOtherKeysAndForWhatCannotBeLookedAt) {
  Running running;
  start(running);
  const std::string body = R"({"experiment":"e","variant":"b"})";
  for (const auto kind : {fast::KeyKind::client, fast::KeyKind::sdk, fast::KeyKind::server})
    EXPECT_EQ(running.send_as(running.key(kind), http::Method::post, kLinks, body).status, 403);
  EXPECT_EQ(running.post(kLinks, R"({"experiment":"none","variant":"b"})").status, 404);
  const auto pointer = [&](const std::string& further) {
    const auto refused = running.post(kLinks, R"({"experiment":"e",)" + further + "}");
    EXPECT_EQ(refused.status, 422) << refused.body;
    return member(refused.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer(R"("variant":"c")"), "/variant");
  EXPECT_EQ(pointer(R"("variant":"b","expires_in":"31d")"), "/expires_in");
  EXPECT_EQ(pointer(R"("variant":"b","expires_in":"soon")"), "/expires_in");
  EXPECT_EQ(pointer(R"~("variant":"b","page":"javascript:alert(1)")~"), "/page");
  ASSERT_EQ(running.post("/v1/experiments/e:stop", "").status, 200);
  EXPECT_EQ(running.post(kLinks, body).status, 409);
}

TEST(ApiPreview, ATokenThatWasNotMadeHereIsRefused) {
  Running running;
  start(running);
  auto leave = token(running);
  leave[3] = leave[3] == 'A' ? 'B' : 'A';
  for (const auto& forged : {leave, std::string("nonsense"), std::string(500, 'A')}) {
    const auto refused = running.get("/v1/evaluate?flag=e&unit=u1&preview=" + forged);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/preview");
  }
  EXPECT_EQ(running.get("/v1/evaluate?flag=e&unit=u1&preview=").status, 422);
  EXPECT_EQ(running.post("/v1/evaluate", R"({"flag":"e","preview":7})").status, 422);
}

}  // namespace
}  // namespace touchstone::api
