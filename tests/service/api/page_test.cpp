// The pages in a browser: signing in, what goes with every page, and who is let in for how long.

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/page/console_page.hpp"
#include "service/page/frame.hpp"
#include "tests/service/api/decided.hpp"
#include "tests/service/api/person.hpp"

namespace touchstone::api {
namespace {

http::ClientResponse browse(Running& running, http::Method method, const std::string& target,
                            const std::string& cookie = {}) {
  http::Client browser("127.0.0.1", running.port());
  const auto answer =
      browser.send({.method = method, .target = target, .headers = {{"Accept", "text/html"}, {"Cookie", cookie}}});
  return answer ? *answer : http::ClientResponse{};
}

TEST(ApiPage, WhoeverIsNotSignedInIsAskedToAndLedBack) {
  Running running;
  EXPECT_EQ(browse(running, http::Method::get, "/").status, 401);
  EXPECT_NE(browse(running, http::Method::get, "/").body.find("touchstone link"), std::string::npos);
  const auto cookie = joined(running, storage::Role::viewer);
  const auto asked = browse(running, http::Method::get, "/experiments/checkout?truth");
  EXPECT_EQ(asked.status, 401);
  EXPECT_NE(asked.body.find(R"(name="next" value="/experiments/checkout?truth")"), std::string::npos) << asked.body;
  EXPECT_NE(asked.body.find(R"(autocomplete="current-password")"), std::string::npos);
  const auto list = browse(running, http::Method::get, "/", "theme=dark; " + cookie);
  EXPECT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(list.header("Content-Security-Policy"), page::content_security_policy);
  EXPECT_EQ(list.header("Cache-Control"), "no-store");
  EXPECT_EQ(list.header("Referrer-Policy"), "no-referrer");
  const auto missing = browse(running, http::Method::get, "/experiments/unknown", cookie);
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(missing.body.find("No experiment has the key"), std::string::npos);
  EXPECT_EQ(browse(running, http::Method::get, "/", cookie + "x").status, 401);
  EXPECT_EQ(browse(running, http::Method::get, "/v1/keys", cookie).status, 401) << "a cookie reads pages, nothing else";
}

TEST(ApiPage, ACookieCountsForTheConsolesOwnRequestsAlone) {
  Running running;
  const auto cookie = joined(running, storage::Role::editor);
  http::Client browser("127.0.0.1", running.port());
  const auto create = [&](std::vector<std::pair<std::string, std::string>> headers) {
    return browser.send({.method = http::Method::post,
                         .target = "/v1/metrics",
                         .body = R"({"key":"purchase","kind":"proportion","event":"purchase"})",
                         .headers = std::move(headers)});
  };
  EXPECT_EQ(create({{"Cookie", cookie}})->status, 401) << "a form of another origin brings the cookie, and no more";
  EXPECT_EQ(create({{"X-API-Key", "session"}})->status, 401);
  EXPECT_EQ(create({{"Cookie", cookie + "x"}, {"X-API-Key", "session"}})->status, 401);
  EXPECT_EQ(create({{"Cookie", cookie}, {"X-API-Key", "session"}, {"Authorization", "Bearer ts_admin_x"}})->status,
            401);
  EXPECT_EQ(create({{"Cookie", cookie}, {"X-API-Key", "session"}, {"Idempotency-Key", "a"}})->status, 422);
  EXPECT_EQ(create({{"Cookie", cookie}, {"X-API-Key", "session"}})->status, 201);
  const auto changes = running.get("/v1/changes").body;
  EXPECT_NE(changes.find(R"("actor":"ada <ada@example.com>")"), std::string::npos) << changes;
}

TEST(ApiPage, NoOtherOriginMaySendTheHeaderOfASession) {
  Running running({}, {.front = {.cors_origins = {"https://shop.example"}}});
  http::Client browser("127.0.0.1", running.port());
  for (const std::string target : {"/v1/experiments", "/v1/snapshot"}) {
    const auto asked = browser.send({.method = http::Method::options,
                                     .target = target,
                                     .headers = {{"Origin", "https://shop.example"},
                                                 {"Access-Control-Request-Method", "GET"},
                                                 {"Access-Control-Request-Headers", "x-api-key"}}});
    EXPECT_EQ(asked->header("Access-Control-Allow-Credentials"), "") << target << ": with a cookie, that is a no";
  }
}

TEST(ApiPage, TheConsoleIsForWhoeverIsSignedIn) {
  Running running;
  const auto cookie = joined(running, storage::Role::editor);
  EXPECT_EQ(browse(running, http::Method::get, "/console").status, 401);
  EXPECT_EQ(running.send_as(running.key(fast::KeyKind::server), http::Method::get, "/console").status, 403);
  const auto console = browse(running, http::Method::get, "/console", cookie);
  EXPECT_EQ(console.status, 200);
  if (console.body.find("without its console") != std::string::npos) GTEST_SKIP() << "built without npm";
  EXPECT_EQ(console.header("Content-Security-Policy"), page::console_content_security_policy);
  const auto from = console.body.find("/assets/console-");
  const auto file = browse(running, http::Method::get, console.body.substr(from, console.body.find('"', from) - from));
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("Content-Encoding"), "gzip");
  EXPECT_EQ(file.header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST(ApiPage, TheStyleIsServedToAnybody) {
  Running running;
  const auto style = browse(running, http::Method::get, "/assets/style.css");
  EXPECT_EQ(style.status, 200);
  EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(style.body, page::style_sheet());
}

TEST(ApiPage, WhatARoleOrAKeyMayNotReadSaysWhichItTakes) {
  Running running;
  const auto viewer = joined(running, storage::Role::viewer);
  const auto refused = browse(running, http::Method::get, "/experiments/checkout/report.csv", viewer);
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("This needs the role analyst; yours is viewer"), std::string::npos) << refused.body;
}

TEST(ApiPage, OffersNobodyWhatTheirRoleMayNotDo) {
  Running running;
  run_checkout(running, 10, 40);
  const auto offers = [&](storage::Role role, const std::string& target, const std::string& link) {
    const auto cookie = joined(running, role, fmt::format("{}{}@example.com", storage::name_of(role), link.size()));
    return browse(running, http::Method::get, target, cookie).body.find(link) != std::string::npos;
  };
  const std::string report = "/experiments/checkout";
  EXPECT_FALSE(offers(storage::Role::viewer, report, "/experiments/checkout/report.csv"));
  EXPECT_TRUE(offers(storage::Role::analyst, report, "/experiments/checkout/report.csv"));
  EXPECT_FALSE(offers(storage::Role::analyst, "/", "/console/new"));
  EXPECT_TRUE(offers(storage::Role::editor, "/", "/console/new"));
}

TEST(ApiPage, OfADemoAskForNoPassword) {
  Running running({}, {.front = {.demo = true}});
  const auto path = member(setup_link(running).body, "/path");
  EXPECT_EQ(browse(running, http::Method::get, path).body.find("password"), std::string::npos);
  const auto in = browse(running, http::Method::post, path);
  EXPECT_EQ(in.status, 303) << in.body;
  EXPECT_EQ(browse(running, http::Method::get, "/", cookie_in(in)).status, 200);
  EXPECT_EQ(browse(running, http::Method::post, path).status, 401);
  const auto second = browse(running, http::Method::post, member(setup_link(running).body, "/path"));
  EXPECT_EQ(second.status, 303) << "the same reader, from another browser";
  EXPECT_EQ(sign_in(running, "reader@demo", "!").status, 401);
}

}  // namespace
}  // namespace touchstone::api
