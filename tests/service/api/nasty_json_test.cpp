// Bodies that are nearly JSON, or JSON that no value of ours can hold, on every route that reads one: an answer that
// says what is wrong, nothing stored, and a connection that goes on.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/api/routes.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using namespace std::string_literals;
using http::Method;

struct Nasty {
  std::string name;
  std::string body;
};

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text = "{\"key\":";
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text + "}";
}

std::vector<Nasty> nasties() {
  return {
      {"nothing", ""},
      {"blanks", " \r\n\t"},
      {"no JSON", "key=value"},
      {"a cut", R"({"key":"a)"},
      {"NUL behind", "{\"key\":\"a\"}\0"s},
      {"a document behind NUL", "{\"key\":\"a\"}\0{}"s},
      {"another document behind", R"({"key":"a"}{"key":"b"})"},
      {"a word behind", R"({"key":"a"}x)"},
      {"NUL inside a text", "{\"key\":\"a\0b\"}"s},
      {"an escaped NUL", R"({"key":"a\u0000b"})"},
      {"a byte order mark", "\xEF\xBB\xBF{\"key\":\"a\"}"},
      {"UTF-16", "\xFF\xFE{\0}\0"s},
      {"a member twice", R"({"key":"a","key":"b"})"},
      {"a member twice, once escaped", R"({"key":"a","\u006bey":"b"})"},
      {"2^63", R"({"key":9223372036854775808})"},
      {"2^64", R"({"key":18446744073709551616})"},
      {"-2^63 - 1", R"({"key":-9223372036854775809})"},
      {"a number beyond doubles", R"({"key":1e999})"},
      {"NaN", R"({"key":NaN})"},
      {"Infinity", R"({"key":-Infinity})"},
      {"a number of hex", R"({"key":0x10})"},
      {"a leading zero", R"({"key":010})"},
      {"an invalid byte", "{\"key\":\"\xFF\"}"},
      {"an overlong slash", "{\"key\":\"\xC0\xAF\"}"},
      {"a surrogate in UTF-8", "{\"key\":\"\xED\xA0\x80\"}"},
      {"half a surrogate pair", R"({"key":"\ud834"})"},
      {"a comment", R"({"key":"a"/* b */})"},
      {"a trailing comma", R"({"key":"a",})"},
      {"single quotes", "{'key':'a'}"},
      {"depth 65", nested(64, "[", "]")},
      {"depth 5,000", nested(5'000, "[", "]")},
      {"objects to depth 2,000", nested(2'000, "{\"a\":", "}")},
      {"depth without an end", std::string(15'000, '[')},
      {"null", "null"},
      {"a number", "1"},
      {"a text", "\"key\""},
      {"a list of lists", "[[]]"},
  };
}

/// Routes that read JSON, with a key that something has. What makes a setup link reads no body, a link
/// to join by goes before it, a password is asked of people alone, and SDKs of
/// others may ask for an evaluation with members that are not read.
std::vector<std::pair<Method, std::string>> routes_that_read() {
  std::vector<std::pair<Method, std::string>> all;
  for (const auto& row : table()) {
    if (row.max_body == 0 || row.pattern == "/v1/setup-links" || row.pattern == "/v1/me/password") continue;
    if (row.pattern == "/join") continue;
    if (row.pattern.starts_with("/api/eval/")) continue;
    std::string path(row.pattern);
    if (const auto at = path.find("{key}"); at != std::string::npos) path.replace(at, 5, "known");
    if (const auto at = path.find("{email}"); at != std::string::npos) path.replace(at, 7, "known@example.com");
    all.emplace_back(row.method, path);
  }
  return all;
}

void agree_on_something(Running& running) {
  const auto make = [&](const std::string& path, const std::string& body) {
    const auto made = running.post(path, body);
    ASSERT_EQ(made.status, 201) << made.body;
  };
  make("/v1/metrics", R"({"key":"known","kind":"proportion","event":"purchase"})");
  make("/v1/experiments",
       R"({"key":"known","variants":[{"key":"a"},{"key":"b"}],"plan":{"metrics":[{"metric":"known"}]}})");
  make("/v1/segments", R"({"key":"known","when":["plan","is","pro"]})");
  make("/v1/people", R"({"email":"known@example.com"})");
}

bool takes_an_empty_body(const std::string& path) {
  return path.find(':') != std::string::npos || path.ends_with("/share-links");
}

void expect_refused(const http::ClientResponse& answer, const std::string& what) {
  // Events are refused one by one where the body can be cut into items.
  if (answer.status == 200 && !member(answer.body, "/refused").empty()) {
    EXPECT_EQ(member(answer.body, "/stored"), "0") << what << answer.body;
    EXPECT_NE(member(answer.body, "/refused"), "0") << what << answer.body;
    return;
  }
  EXPECT_TRUE(answer.status == 400 || answer.status == 409 || answer.status == 413 || answer.status == 422)
      << what << answer.status << ' ' << answer.body;
  if (!member(answer.body, "/errorCode").empty()) {  // in OFREP's words
    EXPECT_NE(member(answer.body, "/errorDetails"), "") << what << answer.body;
    return;
  }
  EXPECT_NE(member(answer.body, "/detail"), "") << what;
  EXPECT_NE(member(answer.body, "/errors/0/hint"), "") << what << answer.body;
}

TEST(NastyJson, IsRefusedWithAReasonOnEveryRoute) {
  Running running;
  agree_on_something(running);
  std::size_t tried = 0;
  for (const auto& [method, path] : routes_that_read()) {
    for (const auto& [name, body] : nasties()) {
      if (body.empty() && takes_an_empty_body(path)) continue;
      expect_refused(running.send(method, path, body), fmt::format("{}, {}: ", path, name));
      ++tried;
    }
    ASSERT_EQ(running.get("/healthz").status, 200) << path;
  }
  EXPECT_GT(tried, 300U);
  EXPECT_EQ(member(running.get("/v1/experiments/known").body, "/state"), "draft") << "nothing came through";
}

// Depth 64 is the limit that is documented; what lies within it is answered by meaning.
TEST(NastyJson, DepthIsCountedExactly) {
  Running running;
  const auto detail = [&](std::size_t depth) {
    return member(running.post("/v1/evaluate", nested(depth - 1, "[", "]")).body, "/detail");
  };
  EXPECT_EQ(detail(64).find("deep"), std::string::npos) << detail(64);
  EXPECT_NE(detail(65).find("deep"), std::string::npos) << detail(65);
}

TEST(NastyJson, NumbersAreKeptExactlyOrRefused) {
  Running running;
  const auto item = [&](const std::string& members) {
    return running.post(
        "/v1/events",
        R"([{"id":"e","type":"event","name":"n","unit":"u","ts":"2026-01-01T00:00:00Z",)" + members + "}]");
  };
  for (const auto* value : {"1e16", "-1e16", "9223372036854775808", "18446744073709551616", "1e999", "\"1\"", "null",
                            "true", "NaN", "[1]"}) {
    const auto answer = item("\"value\":" + std::string(value));
    EXPECT_EQ(member(answer.body, "/stored"), answer.status == 200 ? "0" : "") << value << answer.body;
  }
  for (const auto* version : {"18446744073709551616", "-1", "1.5", "1e3", "\"1\""}) {
    const auto answer = running.post(
        "/v1/events", R"([{"type":"exposure","unit":"u","ts":"2026-01-01T00:00:00Z","experiment":"x","variant":"a",)"
                      R"("config_version":)" +
                          std::string(version) + "}]");
    EXPECT_EQ(member(answer.body, "/stored"), "0") << version << answer.body;
  }
  for (const auto* decimals : {"7", "-1", "3000000000", "4294967296", "18446744073709551616", "1.5", "\"2\""}) {
    const auto answer = running.post(
        "/v1/metrics", R"({"key":"m","kind":"sum","event":"purchase","decimals":)" + std::string(decimals) + "}");
    expect_refused(answer, decimals);
  }
}

}  // namespace
}  // namespace touchstone::api
