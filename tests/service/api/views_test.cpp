// Filters of lists that people keep under a name.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/app/keys.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using nlohmann::json;

std::string another_admin(Running& running) {
  auto& service = running.service();
  return app::create_key(service, service.default_environment(), fast::KeyKind::admin, "another",
                         {"test", "", service.now()})
      ->secret;
}

json views_of(Running& running, const std::string& who) {
  return json::parse(running.send_as(who, Method::get, "/v1/views").body)["items"];
}

TEST(ApiViews, AreOnesOwnUnlessTheyAreShared) {
  Running running;
  const auto me = running.key(fast::KeyKind::admin);
  const auto other = another_admin(running);
  const auto made = running.post("/v1/views", R"({"key":"mine","name":"Ünning 🛒","query":"state=running&q=a%20b"})");
  ASSERT_EQ(made.status, 200) << made.body;
  running.post("/v1/views", R"({"key":"ours","name":"Ours","query":"owner=ada","shared":true})");
  ASSERT_EQ(views_of(running, me).size(), 2U);
  ASSERT_EQ(views_of(running, other).size(), 1U);
  EXPECT_EQ(views_of(running, other)[0]["key"], "ours");
  running.restart();
  EXPECT_EQ(views_of(running, me)[1], json::parse(made.body));
  EXPECT_EQ(json::parse(made.body)["page"], "experiments");
}

TEST(ApiViews, ChangeUnderTheirKeyAndGo) {
  Running running;
  const auto me = running.key(fast::KeyKind::admin);
  const auto other = another_admin(running);
  running.post("/v1/views", R"({"key":"mine","name":"Mine","query":"q=a"})");
  EXPECT_EQ(running.send_as(other, Method::post, "/v1/views", R"({"key":"mine","name":"M","query":""})").status, 409);
  EXPECT_EQ(running.send_as(other, Method::del, "/v1/views/mine").status, 404);
  EXPECT_EQ(running.post("/v1/views", R"({"key":"mine","name":"Mine","query":"q=b","shared":true})").status, 200);
  const auto owner = views_of(running, me)[0]["owner"];
  EXPECT_EQ(
      running.send_as(other, Method::post, "/v1/views", R"({"key":"mine","name":"N","query":"q=c","shared":true})")
          .status,
      200);
  EXPECT_EQ(views_of(running, me)[0]["query"], "q=c");
  EXPECT_EQ(views_of(running, me)[0]["owner"], owner) << "whoever made it";
  EXPECT_EQ(running.send(Method::del, "/v1/views/mine").status, 204);
  EXPECT_EQ(running.send(Method::del, "/v1/views/mine").status, 404);
  EXPECT_TRUE(views_of(running, me).empty());
  EXPECT_EQ(running.post("/v1/views", R"({"key":"mine","name":"Again","query":""})").status, 200);
  EXPECT_EQ(views_of(running, me).size(), 1U);
}

TEST(ApiViews, WhatIsNoQueryIsRefused) {
  Running running;
  const auto pointer = [&](const std::string& body) {
    const auto refused = running.post("/v1/views", body);
    EXPECT_EQ(refused.status, 422) << refused.body;
    return member(refused.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer(R"({"key":"k","name":"","query":""})"), "/name");
  EXPECT_EQ(pointer(R"({"key":"k","name":"n","query":"a#b"})"), "/query");
  EXPECT_EQ(pointer(R"({"key":"k","name":"n"})"), "/query");
  EXPECT_EQ(pointer(R"({"key":"k k","name":"n","query":""})"), "/key");
  EXPECT_EQ(pointer(R"({"name":"n","query":""})"), "/key");
}

TEST(ApiViews, AreTwoHundredAtMost) {
  Running running;
  for (int i = 0; i < 200; ++i)
    ASSERT_EQ(running.post("/v1/views", R"({"key":"v)" + std::to_string(i) + R"(","name":"n","query":""})").status,
              200);
  EXPECT_EQ(running.post("/v1/views", R"({"key":"one-more","name":"n","query":""})").status, 409);
  EXPECT_EQ(running.post("/v1/views", R"({"key":"v7","name":"changed","query":""})").status, 200);
}

}  // namespace
}  // namespace touchstone::api
