#include <map>
#include <optional>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "service/api/documented.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using fast::KeyKind;

std::string target_of(std::string_view pattern) {
  std::string target(pattern);
  for (auto begin = target.find('{'); begin != std::string::npos; begin = target.find('{'))
    target.replace(begin, target.find('}') - begin + 1, "nothing");
  return target;
}

/// The kinds that DESIGN (section 4, Keys) lets in: results for all, rules for sdk and up, reports for server and
/// admin, everything else for admin alone. Empty = no key is needed.
std::set<KeyKind> expected(const Row& row) {
  const std::string_view pattern = row.pattern;
  if (pattern == "/v1/events" && row.method == http::Method::get) return {KeyKind::admin};
  if (pattern == "/v1/evaluate" || pattern == "/v1/events" || is_stream(row) || row.contract.group == "GrowthBook" ||
      row.contract.group == "OpenFeature")
    return {KeyKind::client, KeyKind::sdk, KeyKind::server, KeyKind::admin};
  if (pattern == "/v1/snapshot" || pattern == "/v1/explain") return {KeyKind::sdk, KeyKind::server, KeyKind::admin};
  if (pattern.ends_with("/decisions") && row.method == http::Method::post) return {KeyKind::admin};
  if (pattern.ends_with("/report") || pattern.ends_with("/decisions") || pattern.find("/report.") != pattern.npos ||
      pattern == "/v1/ledger" || pattern == "/v1/sample-size" || pattern == "/" || pattern == "/experiments/{key}")
    return {KeyKind::server, KeyKind::admin};
  if (pattern.starts_with("/v1/") || pattern.starts_with("/console")) return {KeyKind::admin};
  return {};
}

TEST(ApiAccess, EveryRouteAgainstEveryKindOfKey) {
  Running running;
  for (const auto& row : table()) {
    const auto target = target_of(row.pattern);
    const auto allowed = expected(row);
    const auto status = [&](std::string_view token) {
      const auto method = is_stream(row) ? http::Method::head : row.method;  // which a stream does not begin for
      return running.send_as(token, method, target, row.max_body == 0 ? "" : "{}").status;
    };
    for (const auto kind : fast::all_key_kinds) {
      const bool let_in = allowed.empty() || allowed.contains(kind);
      if (row.pattern == "/setup") continue;  // asks for a token of its own; see SetupIsDoneOnce
      if (let_in)
        EXPECT_TRUE(status(running.key(kind)) != 401 && status(running.key(kind)) != 403)
            << target << " " << fast::name_of(kind);
      else
        EXPECT_EQ(status(running.key(kind)), 403) << target << " " << fast::name_of(kind);
    }
    if (allowed.empty()) continue;
    EXPECT_EQ(status(""), 401) << target;
    EXPECT_EQ(status("ts_admin_0000000000000000000000000000000000000000000"), 401) << target;
  }
}

TEST(ApiAccess, SetupIsDoneOnce) {
  Running running;
  http::Client local(running.socket());
  const auto link = local.send({.method = http::Method::post, .target = "/v1/setup-links"});
  ASSERT_TRUE(link);
  ASSERT_EQ(link->status, 201) << link->body;
  const auto target = member(link->body, "/path");
  EXPECT_EQ(running.send_as("", http::Method::get, target).status, 200);
  const auto made = running.send_as("", http::Method::post, target);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(running.send_as(member(made.body, "/key"), http::Method::get, "/v1/experiments").status, 200);
  EXPECT_EQ(running.send_as("", http::Method::post, target).status, 401);
  EXPECT_EQ(running.send_as("", http::Method::post, "/setup?token=guess").status, 401);
}

TEST(ApiAccess, ThePrivateSocketIsTheOperators) {
  Running running;
  http::Client local(running.socket());
  const auto answer = local.send({.target = "/v1/keys"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(std::filesystem::status(running.socket()).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(ApiAccess, KeysAreShownOnceListedByIdAndRevokedAtOnce) {
  Running running;
  const auto made = running.post("/v1/keys", R"({"kind":"server","name":"shop"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto secret = member(made.body, "/key");
  const auto id = member(made.body, "/id");
  EXPECT_TRUE(secret.starts_with("ts_server_"));
  EXPECT_EQ(running.send_as(secret, http::Method::get, "/v1/evaluate").status, 200);
  for (const std::string target : {"/v1/keys", "/v1/changes"}) {
    const auto list = running.get(target);
    EXPECT_EQ(list.body.find(secret), std::string::npos) << target;
    EXPECT_NE(list.body.find(id), std::string::npos) << target;
  }
  EXPECT_EQ(running.send(http::Method::del, "/v1/keys/" + id).status, 204);
  EXPECT_EQ(running.send_as(secret, http::Method::get, "/v1/evaluate").status, 401);
  EXPECT_EQ(running.send(http::Method::del, "/v1/keys/" + id).status, 409);
  EXPECT_EQ(running.send(http::Method::del, "/v1/keys/ts_server_unknown0").status, 404);
}

TEST(ApiAccess, AClientKeyNeverSeesRules) {
  Running running;
  ASSERT_EQ(running.post("/v1/segments", R"({"key":"secret-people","when":["plan","is","hidden-plan"]})").status, 201);
  ASSERT_EQ(running
                .post("/v1/flags", R"({"key":"price","type":"string","off_value":"a","default":"a",)"
                                   R"("rules":[{"when":{"segment":"secret-people"},"give":"cheap"}]})")
                .status,
            201);
  const auto client = running.key(KeyKind::client);
  for (const std::string target : {"/v1/evaluate?unit=u1", "/v1/evaluate?flag=price&unit=u1"}) {
    const auto answer = running.send_as(client, http::Method::get, target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    for (const std::string hidden : {"secret-people", "hidden-plan", "cheap", "salt"})
      EXPECT_EQ(answer.body.find(hidden), std::string::npos) << answer.body;
  }
}

}  // namespace
}  // namespace touchstone::api
