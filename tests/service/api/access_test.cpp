#include <map>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/api/documented.hpp"
#include "tests/service/api/person.hpp"

namespace touchstone::api {
namespace {

using fast::KeyKind;
using storage::Role;

std::string target_of(std::string_view pattern) {
  std::string target(pattern);
  for (auto begin = target.find('{'); begin != std::string::npos; begin = target.find('{'))
    target.replace(begin, target.find('}') - begin + 1, "nothing");
  return target;
}

bool is_open(const Row& row) {
  static const std::set<std::string_view> open{"/setup",         "/join",   "/sign-in",      "/shared/{token}",
                                               "/assets/{file}", "/docs",   "/openapi.json", "/schemas/report.json",
                                               "/healthz",       "/readyz", "/metrics",      "/version"};
  return open.contains(row.pattern);
}

bool is_file_of_report(std::string_view pattern) {
  return pattern.starts_with("/experiments/{key}/") && pattern.find('.') != pattern.npos;
}

bool is_about_oneself(const Row& row) { return row.pattern == "/v1/me" || row.pattern.starts_with("/v1/me/"); }

/// The kinds that DESIGN (section 4, Keys) lets in: results for all, rules for sdk and up, reports for server and
/// admin, everything else for admin alone, and for none what is about whoever is signed in.
std::set<KeyKind> expected(const Row& row) {
  const std::string_view pattern = row.pattern;
  if (is_about_oneself(row)) return {};
  if (pattern == "/v1/events" && row.method == http::Method::get) return {KeyKind::admin};
  if (is_live(row)) return {KeyKind::server, KeyKind::admin};
  if (pattern == "/v1/evaluate" || pattern == "/v1/events" || is_stream(row) || row.contract.group == "GrowthBook" ||
      row.contract.group == "OpenFeature")
    return {KeyKind::client, KeyKind::sdk, KeyKind::server, KeyKind::admin};
  if (pattern == "/v1/snapshot" || pattern == "/v1/explain") return {KeyKind::sdk, KeyKind::server, KeyKind::admin};
  if (pattern.ends_with("/decisions") && row.method == http::Method::post) return {KeyKind::admin};
  if (is_file_of_report(pattern)) return {KeyKind::server, KeyKind::admin};
  if (pattern.ends_with("/report") || pattern.ends_with("/interactions") || pattern.ends_with("/survival") ||
      pattern.ends_with("/decisions") || pattern == "/v1/ledger" || pattern == "/v1/portfolio" ||
      pattern == "/v1/sample-size" || pattern == "/" || pattern == "/experiments/{key}")
    return {KeyKind::server, KeyKind::admin};
  return {KeyKind::admin};
}

/// The least role that issue 8 names: a viewer reads reports and settings; an analyst takes exports, looks at events,
/// decides, shares, tries out; an editor changes what is agreed; an admin also people, keys, erasure and retention.
/// Nobody signed in asks for decisions or sends events.
std::optional<Role> least_role(const Row& row) {
  const std::string_view pattern = row.pattern;
  static const std::set<std::string_view> for_programs{"/v1/evaluate", "/v1/events"};
  if (pattern == "/v1/events" && row.method == http::Method::get) return Role::analyst;
  if (is_live(row)) return Role::viewer;
  if (for_programs.contains(pattern) || is_stream(row) || row.contract.group == "GrowthBook" ||
      row.contract.group == "OpenFeature")
    return std::nullopt;
  for (const std::string_view admins : {"/v1/people", "/v1/keys", "/v1/units", "/v1/setup-links"})
    if (pattern.starts_with(admins)) return Role::admin;
  if (pattern.starts_with("/v1/retention") && row.method != http::Method::get) return Role::admin;
  if (is_about_oneself(row) || pattern == "/v1/explain") return Role::viewer;
  if (pattern == "/v1/quarantine" || is_file_of_report(pattern)) return Role::analyst;
  if (row.method == http::Method::get) return Role::viewer;
  for (const std::string_view analysts :
       {"/plan-change", "/decisions", "/share-links", "/share-links/{id}", "/v1/sample-size", "/v1/preview-links",
        "/v1/segment-counts", "/v1/views", "/v1/views/{key}"})
    if (pattern.ends_with(analysts)) return Role::analyst;
  return Role::editor;
}

http::Method method_of(const Row& row) {
  return is_stream(row) ? http::Method::head : row.method;  // which a stream does not begin for
}

TEST(ApiAccess, EveryRouteAgainstEveryKindOfKey) {
  Running running;
  for (const auto& row : table()) {
    if (is_open(row)) {
      EXPECT_TRUE(row.roles.open()) << row.pattern;
      continue;
    }
    const auto target = target_of(row.pattern);
    const auto allowed = expected(row);
    const auto status = [&](std::string_view token) {
      return running.send_as(token, method_of(row), target, row.max_body == 0 ? "" : "{}").status;
    };
    for (const auto kind : fast::all_key_kinds) {
      if (allowed.contains(kind))
        EXPECT_TRUE(status(running.key(kind)) != 401 && status(running.key(kind)) != 403)
            << target << " " << fast::name_of(kind);
      else
        EXPECT_EQ(status(running.key(kind)), 403) << target << " " << fast::name_of(kind);
    }
    EXPECT_EQ(status(""), 401) << target;
    EXPECT_EQ(status("ts_admin_0000000000000000000000000000000000000000000"), 401) << target;
  }
}

TEST(ApiAccess, EveryRouteAgainstEveryRole) {
  Running running;
  for (const auto role : storage::all_roles) {
    const std::string email = std::string(storage::name_of(role)) + "@example.com";
    auto cookie = joined(running, role, email);
    for (const auto& row : table()) {
      if (is_open(row)) continue;
      if (row.pattern == "/v1/me/sessions" && row.method == http::Method::del) continue;  // signs out, as it says
      const auto answer =
          ask_as(running, cookie, method_of(row), target_of(row.pattern), row.max_body == 0 ? "" : "{}");
      const auto least = least_role(row);
      const auto name = fmt::format("{} {} for a {}", method_word(row.method), row.pattern, email);
      if (!least) {
        EXPECT_TRUE(answer.status == 401 || answer.status == 403) << name;
      } else if (role < *least) {
        EXPECT_EQ(answer.status, 403) << name;
        const auto detail = row.roles.is_page() ? "" : member(answer.body, "/detail");
        if (!detail.empty()) {
          EXPECT_EQ(detail, fmt::format("this needs the role {}; yours is {}", storage::name_of(*least),
                                        storage::name_of(role)));
        }
      } else {
        EXPECT_TRUE(answer.status != 401 && answer.status != 403) << name << answer.status;
      }
    }
  }
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
