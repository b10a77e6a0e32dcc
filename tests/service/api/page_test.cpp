// The pages in a browser: signing in, what goes with every page, and who is let in for how long.

#include <string>

#include <gtest/gtest.h>

#include "service/api/sessions.hpp"
#include "service/page/frame.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

http::ClientResponse browse(Running& running, http::Method method, const std::string& target,
                            const std::string& cookie = {}) {
  http::Client browser("127.0.0.1", running.port());
  const auto answer =
      browser.send({.method = method, .target = target, .headers = {{"Accept", "text/html"}, {"Cookie", cookie}}});
  return answer ? *answer : http::ClientResponse{};
}

/// The cookie of a browser that opened a one-time link.
std::string signed_in(Running& running) {
  http::Client local(running.socket());
  const auto link = local.send({.method = http::Method::post, .target = "/v1/setup-links"});
  const auto welcome = browse(running, http::Method::post, member(link->body, "/path"));
  const auto cookie = welcome.header("Set-Cookie");
  EXPECT_NE(cookie.find("; HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
  return std::string(cookie.substr(0, cookie.find(';')));
}

TEST(ApiPage, ABrowserIsLetInByItsLinkAlone) {
  Running running;
  EXPECT_EQ(browse(running, http::Method::get, "/").status, 401);
  EXPECT_NE(browse(running, http::Method::get, "/").body.find("touchstone link"), std::string::npos);
  const auto cookie = signed_in(running);
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

TEST(ApiPage, TheStyleIsServedToAnybody) {
  Running running;
  const auto style = browse(running, http::Method::get, "/assets/style.css");
  EXPECT_EQ(style.status, 200);
  EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(style.body, page::style_sheet());
}

TEST(Sessions, AreForEncryptedConnectionsAloneUnderTls) {
  EXPECT_EQ(Sessions().open("ts_admin_a", {}).find("; Secure"), std::string::npos);
  EXPECT_NE(Sessions(true).open("ts_admin_a", {}).find("; Secure"), std::string::npos);
}

TEST(Sessions, EndWithTheirKeyAndWithTime) {
  const fast::Caller admin{fast::KeyKind::admin, 1, 7};
  const fast::KeyTable keys({{fast::hash_of_key("ts_admin_a"), admin}});
  Sessions sessions;
  const Time start{};
  const auto header = sessions.open("ts_admin_a", start);
  const auto cookie = header.substr(0, header.find(';'));
  EXPECT_EQ(sessions.find(cookie, keys, start), admin);
  EXPECT_EQ(sessions.find(cookie, fast::KeyTable{}, start), std::nullopt);
  EXPECT_EQ(sessions.find(cookie, keys, start + Sessions::life), std::nullopt);
  EXPECT_EQ(sessions.find("", keys, start), std::nullopt);
  EXPECT_EQ(sessions.find("touchstone_session=", keys, start), std::nullopt);
}

}  // namespace
}  // namespace touchstone::api
