#include "service/api/etag.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

// RFC 9110, section 8.8.3.2 (comparison) and 13.1.1, 13.1.2 (lists).
TEST(Etag, IsNamedByAList) {
  struct Case {
    std::string_view list;
    bool strongly;
    bool weakly;
  };
  for (const auto& [list, strongly, weakly] : {
           Case{R"("1")", true, true},
           Case{R"("2", "1")", true, true},
           Case{R"( "2" ,"1" )", true, true},
           Case{"*", true, true},
           Case{R"(W/"1")", false, true},
           Case{R"("2", W/"1")", false, true},
           Case{R"("2")", false, false},
           Case{R"("1,2")", false, false},
           Case{"1", false, false},
           Case{"", false, false},
       }) {
    EXPECT_EQ(names_etag(list, "\"1\"", Compared::strongly), strongly) << list;
    EXPECT_EQ(names_etag(list, "\"1\"", Compared::weakly), weakly) << list;
  }
}

http::ClientResponse ask(Running& running, http::Method method, const std::string& target, const std::string& body,
                         const std::string& header, const std::string& value) {
  return running.send({.method = method,
                       .target = target,
                       .body = body,
                       .headers = {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}, {header, value}}});
}

TEST(Etag, AStaleMoveIsRefusedAndToldTheCurrentVersion) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments", R"({"key":"a","variants":[{"key":"c"},{"key":"t"}]})").status, 201);
  const auto stale = ask(running, http::Method::post, "/v1/experiments/a:start", "", "If-Match", "\"7\"");
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.header("ETag"), "\"1\"");
  EXPECT_EQ(member(stale.body, "/detail"), "the current version is 1");
  EXPECT_EQ(member(running.get("/v1/experiments/a").body, "/state"), "draft");
  EXPECT_EQ(ask(running, http::Method::post, "/v1/experiments/a:start", "", "If-Match", "\"7\", \"1\"").status, 200);
}

TEST(Etag, WhatTheCallerHasIsNotSentAgainUntilItChanges) {
  Running running;
  ASSERT_EQ(running.post("/v1/layers", R"({"key":"shop"})").status, 201);
  for (const std::string target : {"/v1/layers/shop", "/v1/layers", "/v1/changes", "/v1/keys", "/v1/snapshot"}) {
    const std::string tag(running.get(target).header("ETag"));
    const auto same = ask(running, http::Method::get, target, "", "If-None-Match", tag);
    EXPECT_EQ(same.status, 304) << target;
    EXPECT_EQ(same.body, "") << target;
    EXPECT_EQ(same.header("ETag"), tag) << target;
    ASSERT_EQ(running.patch("/v1/layers/shop", R"({"name":")" + target + "\"}").status, 200);
    EXPECT_EQ(ask(running, http::Method::get, target, "", "If-None-Match", tag).status, 200) << target;
  }
}

}  // namespace
}  // namespace touchstone::api
