// Signing in and out, how long it lasts, how fast it can be guessed, and what of it is ever written down.

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/api/attempts.hpp"
#include "service/api/session_cookie.hpp"
#include "service/app/sessions.hpp"
#include "tests/files_with.hpp"
#include "tests/service/api/person.hpp"

namespace touchstone::api {
namespace {

using namespace std::chrono_literals;
using http::Method;
using storage::Role;

const std::string kAda = "ada@example.com";

/// A clock that the test moves.
struct Later {
  std::atomic<std::chrono::seconds> by{0s};

  [[nodiscard]] app::ServiceOptions options() {
    app::ServiceOptions options;
    options.writer.now = [this] { return Time(std::chrono::days(20'000)) + by.load(); };
    return options;
  }
  void wait(std::chrono::seconds time) { by = by.load() + time; }
};

int me(Running& running, const std::string& cookie) { return ask_as(running, cookie, Method::get, "/v1/me").status; }

TEST(ApiSignIn, TellsNobodyWhetherAnAccountExists) {
  Running running;
  (void)joined(running, Role::viewer);
  (void)invited(running, "grace@example.com", Role::viewer);
  const auto said = [&](const std::string& email, const std::string& password) {
    const auto answer = sign_in(running, email, password);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.header("Set-Cookie"), "");
    return member(answer.body, "/title") + member(answer.body, "/detail") + member(answer.body, "/errors/0/hint");
  };
  const auto wrong = said(kAda, "not her password");
  EXPECT_EQ(said("nobody@example.com", "not her password"), wrong);
  EXPECT_EQ(said("grace@example.com", " "), wrong) << "who has no password yet";
  EXPECT_EQ(member(sign_in(running, "grace@example.com", "").body, "/errors/0/pointer"), "/password");
  EXPECT_EQ(member(sign_in(running, "", "x").body, "/errors/0/pointer"), "/email");
}

TEST(ApiSignIn, GuessingIsSlowAndNobodyIsLockedOutForGood) {
  Later later;
  Running running(later.options());
  (void)joined(running, Role::viewer);
  for (const auto& email : {kAda, std::string("nobody@example.com")}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(running, email, "a wrong password").status, 401) << i;
    const auto slowed = sign_in(running, email, kPassword);
    EXPECT_EQ(slowed.status, 429) << email;
    EXPECT_EQ(slowed.header("Retry-After"), "1") << email;
  }
  later.wait(1s);
  EXPECT_EQ(sign_in(running, kAda, "a wrong password").status, 401);
  EXPECT_EQ(sign_in(running, kAda, kPassword).header("Retry-After"), "2") << "it doubles";
  later.wait(2s);
  EXPECT_EQ(sign_in(running, kAda, kPassword).status, 200);
  EXPECT_EQ(sign_in(running, kAda, "a wrong password").status, 401) << "and is forgotten";
  EXPECT_EQ(sign_in(running, kAda, kPassword).status, 200);
}

TEST(Attempts, WaitOfAnAccountAndOfAnAddressHaveBounds) {
  Attempts attempts;
  const Time now{std::chrono::days(20'000)};
  for (int i = 0; i < 40; ++i) attempts.failed("a", "10.0.0." + std::to_string(i), now);
  EXPECT_EQ(attempts.wait("A", "10.1.0.1", now), Attempts::account.longest) << "from anywhere, in any case";
  EXPECT_EQ(attempts.wait("b", "10.0.0.1", now), std::nullopt);
  for (int i = 0; i < 40; ++i) attempts.failed("c" + std::to_string(i), "2001:db8::" + std::to_string(i), now);
  EXPECT_EQ(attempts.wait("b", "2001:db8::ffff:1", now), Attempts::address.longest) << "a network of IPv6 is one";
  EXPECT_EQ(attempts.wait("b", "2001:db8:0:1::1", now), std::nullopt);
  attempts.failed("d", "10.9.9.9", now + Attempts::forgotten);
  EXPECT_EQ(attempts.wait("a", "2001:db8::1", now), std::nullopt) << "all that is forgotten";
}

/// What was seen last is noted without waiting: behind it in the writer's queue, it is done.
void let_it_be_noted(Running& running) {
  ASSERT_TRUE(running.service().writer().change_and_wait([](storage::Catalogue&) { return ok(); }));
}

TEST(ApiSessions, EndAfterTwoWeeksHoweverMuchTheyAreUsed) {
  Later later;
  Running running(later.options());
  const auto cookie = joined(running, Role::viewer);
  for (auto age = 0h; age < app::kSessionLife; age += 6h) {
    ASSERT_EQ(me(running, cookie), 200) << age.count() << " hours";
    let_it_be_noted(running);
    later.wait(6h);
  }
  EXPECT_EQ(me(running, cookie), 401);
}

TEST(ApiSessions, AnIdleOneEndsAfterTwelveHours) {
  Later later;
  Running running(later.options());
  const auto cookie = joined(running, Role::viewer);
  later.wait(app::kSessionIdle - 1s);
  EXPECT_EQ(me(running, cookie), 200);
  let_it_be_noted(running);
  later.wait(app::kSessionIdle - 1s);
  EXPECT_EQ(me(running, cookie), 200) << "it was seen since";
  let_it_be_noted(running);
  later.wait(app::kSessionIdle);
  EXPECT_EQ(me(running, cookie), 401);
}

TEST(ApiSessions, OutliveARestartAndEndOneByOneOrAllAtOnce) {
  Running running;
  const auto first = joined(running, Role::viewer);
  const auto second = cookie_in(sign_in(running, kAda, kPassword));
  const auto third = cookie_in(sign_in(running, kAda, kPassword));
  running.restart();
  EXPECT_EQ(me(running, first), 200);
  const auto listed = ask_as(running, first, Method::get, "/v1/me/sessions");
  EXPECT_EQ(member(listed.body, "/items/0/current"), "true") << listed.body;
  EXPECT_NE(member(listed.body, "/items/2/id"), "");
  const auto id = member(ask_as(running, second, Method::get, "/v1/me").body, "/session");
  EXPECT_EQ(ask_as(running, first, Method::del, "/v1/me/sessions/" + id).status, 204);
  EXPECT_EQ(ask_as(running, first, Method::del, "/v1/me/sessions/" + id).status, 404);
  EXPECT_EQ(me(running, second), 401);
  const auto out = ask_as(running, first, Method::del, "/v1/me/sessions");
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.header("Set-Cookie").find("Max-Age=0"), std::string_view::npos);
  EXPECT_EQ(me(running, first), 401);
  EXPECT_EQ(me(running, third), 401);
}

TEST(ApiSessions, NobodyEndsThoseOfSomebodyElse) {
  Running running;
  const auto ada = joined(running, Role::admin);
  const auto grace = joined(running, Role::viewer, "grace@example.com");
  const auto id = member(ask_as(running, ada, Method::get, "/v1/me").body, "/session");
  EXPECT_EQ(ask_as(running, grace, Method::del, "/v1/me/sessions/" + id).status, 404);
  EXPECT_EQ(me(running, ada), 200);
}

TEST(ApiSessions, APasswordIsChangedByTheOldOneAndTheOthersEnd) {
  Running running;
  const auto here = joined(running, Role::viewer);
  const auto there = cookie_in(sign_in(running, kAda, kPassword));
  const auto change = [&](const std::string& old, const std::string& chosen) {
    return ask_as(running, here, Method::post, "/v1/me/password",
                  R"({"old_password":")" + old + R"(","password":")" + chosen + "\"}");
  };
  EXPECT_EQ(member(change("not the old one", "staple battery horse").body, "/errors/0/pointer"), "/old_password");
  EXPECT_EQ(member(change(kPassword, "short").body, "/errors/0/pointer"), "/password");
  EXPECT_EQ(change(kPassword, "staple battery horse").status, 204);
  EXPECT_EQ(me(running, here), 200);
  EXPECT_EQ(me(running, there), 401);
  EXPECT_EQ(sign_in(running, kAda, kPassword).status, 401);
  EXPECT_EQ(sign_in(running, kAda, "staple battery horse").status, 200);
}

TEST(ApiSessions, AResetEndsThemWhenItIsUsed) {
  Running running;
  const auto ada = joined(running, Role::viewer);
  const auto link = running.post("/v1/people/ada@example.com:reset", "");
  EXPECT_EQ(me(running, ada), 200);
  EXPECT_EQ(sign_in(running, kAda, kPassword).status, 200);
  ASSERT_EQ(fill_in(running, member(link.body, "/path"), R"({"password":"staple battery horse"})").status, 200);
  EXPECT_EQ(me(running, ada), 401);
  EXPECT_EQ(sign_in(running, kAda, kPassword).status, 401);
}

TEST(SessionCookie, IsForEncryptedConnectionsAloneWhereThereAreSome) {
  http::Request request;
  EXPECT_EQ(session_cookie("t", request, false).find("; Secure"), std::string::npos);
  EXPECT_NE(session_cookie("t", request, true).find("; Secure"), std::string::npos);
  request.origin = "https://shop.example";
  EXPECT_NE(session_cookie("t", request, false).find("; Secure"), std::string::npos) << "behind a proxy";
  const auto cookie = session_cookie("t", request, true);
  EXPECT_NE(cookie.find("; HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
  EXPECT_EQ(session_token("theme=dark; touchstone_session=abc"), "abc");
  EXPECT_EQ(session_token("xtouchstone_session=abc; touchstone_sessions=d"), "");
}

TEST(ApiSignIn, WhileTooManyPasswordsWaitEverythingElseGoesOn) {
  Running running({}, {.front = {.hash_queue = 0}});
  const auto busy = sign_in(running, kAda, kPassword);
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.header("Retry-After"), "1");
  EXPECT_EQ(running.get("/v1/evaluate?unit=u1").status, 200);
  EXPECT_EQ(running.get("/v1/experiments").status, 200);
}

/// Neither what is typed nor what a browser keeps is anywhere; what Argon2id makes of a password is in one file alone.
TEST(ApiSignIn, NoPasswordHashOrTokenIsEverShownAndNoTokenIsStored) {
  Running running;
  const auto link = invited(running, kAda, Role::admin);
  const auto in = fill_in(running, link, R"({"name":"Ada","password":"correct horse battery"})");
  const auto reset = member(running.post("/v1/people/ada@example.com:reset", "").body, "/path");
  const auto cookie = cookie_in(in);
  const auto token = cookie.substr(cookie.find('=') + 1);
  const std::vector<std::string> secrets{"$argon2", kPassword, token, link.substr(link.find('=') + 1),
                                         reset.substr(reset.find('=') + 1)};
  for (const std::string target :
       {"/v1/people", "/v1/me", "/v1/me/sessions", "/v1/changes", "/v1/keys", "/metrics", "/openapi.json", "/"}) {
    const auto answer = ask_as(running, cookie, Method::get, target);
    EXPECT_EQ(answer.status, 200) << target;
    for (const auto& secret : secrets) EXPECT_EQ(answer.body.find(secret), std::string::npos) << target;
  }
  ASSERT_EQ(token.size(), 43U);
  const auto folder = running.socket().parent_path();
  for (const auto& secret : secrets)
    for (const auto& file : files_with(folder, secret))
      EXPECT_TRUE(secret == "$argon2" && file.starts_with("catalogue.db"));
}

}  // namespace
}  // namespace touchstone::api
