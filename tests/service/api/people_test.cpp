// People: the first one, those who are invited, what becomes of them, and what the history says.

#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/decided.hpp"
#include "tests/service/api/person.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using storage::Role;

const std::string kFirst = R"({"name":"Ada Lovelace","email":"Ada@Example.com","password":"correct horse battery"})";

TEST(ApiPeople, ASetupLinkMakesTheFirstAdministratorOnce) {
  Running running;
  const auto path = member(setup_link(running).body, "/path");
  const auto other = member(setup_link(running).body, "/path");
  const auto page = running.send_as("", Method::get, path);
  EXPECT_EQ(page.status, 200);
  for (const std::string there :
       {R"(autocomplete="name")", R"(autocomplete="username")", R"(autocomplete="new-password")"})
    EXPECT_NE(page.body.find(there), std::string::npos) << there;
  const auto made = fill_in(running, path, kFirst);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(member(made.body, "/email"), "ada@example.com");
  EXPECT_EQ(member(made.body, "/role"), "admin");
  const auto people = ask_as(running, cookie_in(made), Method::get, "/v1/people");
  EXPECT_EQ(member(people.body, "/items/0/state"), "active") << people.body;
  EXPECT_EQ(fill_in(running, path, kFirst).status, 409) << "there is one";
  EXPECT_EQ(fill_in(running, other, kFirst).status, 409);
  EXPECT_EQ(setup_link(running).status, 409);
  EXPECT_EQ(sign_in(running, "ADA@example.com", kPassword).status, 200);
}

TEST(ApiPeople, WhatIsTypedWrongIsNamed) {
  Running running;
  const auto path = member(setup_link(running).body, "/path");
  const auto pointer = [&](const std::string& name, const std::string& email, const std::string& password) {
    const auto answer = fill_in(
        running, path, R"({"name":")" + name + R"(","email":")" + email + R"(","password":")" + password + "\"}");
    EXPECT_EQ(answer.status, 422) << answer.body;
    EXPECT_NE(member(answer.body, "/errors/0/hint"), "");
    return member(answer.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer("Ada", "ada", kPassword), "/email");
  EXPECT_EQ(pointer("Ada", "a@b@c", kPassword), "/email");
  EXPECT_EQ(pointer("Ada", "ada@exa mple.com", kPassword), "/email");
  EXPECT_EQ(pointer("", "ada@example.com", kPassword), "/name");
  EXPECT_EQ(pointer("<b>", "ada@example.com", kPassword), "/name");
  EXPECT_EQ(pointer("Ada", "ada@example.com", "elevenchars"), "/password");
  EXPECT_EQ(pointer("Ada", "ada@example.com", "ADA@example.COM"), "/password");
  EXPECT_EQ(pointer("Ada", "ada@example.com", std::string(1001, 'x')), "/password");
  EXPECT_EQ(fill_in(running, "/setup?token=guess", kFirst).status, 401);
  EXPECT_EQ(fill_in(running, path, kFirst).status, 200) << "none of this used the link up";
}

TEST(ApiPeople, AnInvitationIsGoodOnceAndTheNewestAlone) {
  Running running;
  const auto first = invited(running, "grace@example.com", Role::viewer);
  EXPECT_EQ(running.post("/v1/people", R"({"email":"GRACE@example.com"})").status, 409);
  const auto again = running.post("/v1/people/grace@example.com:reset", "");
  ASSERT_EQ(again.status, 201) << again.body;
  const std::string body = R"({"name":"Grace Hopper","password":"correct horse battery"})";
  EXPECT_EQ(running.send_as("", Method::get, first).status, 401) << "the newer one counts";
  EXPECT_EQ(fill_in(running, first, body).status, 401);
  const auto second = member(again.body, "/path");
  EXPECT_NE(running.send_as("", Method::get, second).body.find("grace@example.com"), std::string::npos);
  EXPECT_EQ(member(fill_in(running, second, R"({"password":"correct horse battery"})").body, "/errors/0/pointer"),
            "/name");
  const auto in = fill_in(running, second, body);
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(member(in.body, "/role"), "viewer");
  EXPECT_EQ(fill_in(running, second, body).status, 401) << "once";
}

TEST(ApiPeople, ARoleCountsFromTheNextRequestOn) {
  Running running;
  const auto grace = joined(running, Role::viewer, "grace@example.com");
  const auto create = [&] {
    return ask_as(running, grace, Method::post, "/v1/metrics",
                  R"({"key":"purchase","kind":"proportion","event":"purchase"})");
  };
  const auto refused = create();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(member(refused.body, "/detail"), "this needs the role editor; yours is viewer");
  EXPECT_EQ(running.patch("/v1/people/grace@example.com", R"({"role":"editor"})").status, 200);
  EXPECT_EQ(create().status, 201);
  EXPECT_EQ(ask_as(running, grace, Method::get, "/v1/people").status, 403);
}

TEST(ApiPeople, WhoeverIsDisabledIsOutAtOnceAndMayComeBack) {
  Running running;
  const auto grace = joined(running, Role::editor, "grace@example.com");
  EXPECT_EQ(running.patch("/v1/people/grace@example.com", R"({"disabled":true})").status, 200);
  EXPECT_EQ(ask_as(running, grace, Method::get, "/v1/me").status, 401);
  EXPECT_EQ(sign_in(running, "grace@example.com", kPassword).status, 401);
  EXPECT_EQ(running.post("/v1/people/grace@example.com:reset", "").status, 409);
  EXPECT_EQ(running.patch("/v1/people/grace@example.com", R"({"disabled":false})").status, 200);
  EXPECT_EQ(ask_as(running, grace, Method::get, "/v1/me").status, 401) << "that session has ended";
  EXPECT_EQ(sign_in(running, "grace@example.com", kPassword).status, 200);
}

TEST(ApiPeople, TheLastAdministratorStays) {
  Running running;
  (void)joined(running, Role::admin, "ada@example.com");
  (void)invited(running, "grace@example.com", Role::admin);
  const auto status = [&](const std::string& change) {
    return running.patch("/v1/people/ada@example.com", change).status;
  };
  EXPECT_EQ(status(R"({"role":"editor"})"), 409) << "whoever is only invited cannot administer";
  EXPECT_EQ(status(R"({"disabled":true})"), 409);
  EXPECT_EQ(status(R"({"name":"Ada"})"), 200);
  (void)joined(running, Role::admin, "joan@example.com");
  EXPECT_EQ(status(R"({"role":"editor"})"), 200);
  EXPECT_EQ(status("{}"), 422);
  EXPECT_EQ(running.patch("/v1/people/nobody@example.com", R"({"role":"editor"})").status, 404);
}

TEST(ApiPeople, TheHistoryDecisionsAndLinksNameWhoDidIt) {
  Running running;
  run_checkout(running, 10, 40);
  const auto ada = joined(running, Role::editor);
  const std::string who = "ada <ada@example.com>";
  ASSERT_EQ(ask_as(running, ada, Method::post, "/v1/metrics", R"({"key":"m","kind":"proportion","event":"e"})").status,
            201);
  EXPECT_EQ(member(running.get("/v1/changes?newest&limit=1").body, "/items/0/actor"), who);
  const auto decided = ask_as(running, ada, Method::post, "/v1/experiments/checkout/decisions",
                              R"({"action":"extend","reason":"wait"})");
  EXPECT_EQ(member(decided.body, "/by"), who) << decided.body;
  const auto link = ask_as(running, ada, Method::post, "/v1/experiments/checkout/share-links");
  ASSERT_EQ(link.status, 201) << link.body;
  const auto links = running.get("/v1/experiments/checkout/share-links");
  EXPECT_EQ(member(links.body, "/items/0/by"), who) << links.body;
  const auto page = running.send_as("", Method::get, member(link.body, "/path"));
  EXPECT_NE(page.body.find("ada"), std::string::npos);
  EXPECT_EQ(page.body.find("ada@example.com"), std::string::npos) << "anybody may read that page";
  const auto people = running.get("/v1/changes?entity=person&key=ada@example.com");
  EXPECT_EQ(member(people.body, "/items/0/reason"), "invited");
  EXPECT_EQ(member(people.body, "/items/1/actor"), who);
  EXPECT_EQ(member(people.body, "/items/1/document/state"), "active");
}

}  // namespace
}  // namespace touchstone::api
