// What a page of another origin can do with somebody's cookie: nothing. And what pages of this one allow themselves.

#include <string>

#include <gtest/gtest.h>

#include "service/api/documented.hpp"
#include "tests/service/api/person.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using storage::Role;
using Headers = std::vector<std::pair<std::string, std::string>>;

std::string target_of(std::string_view pattern) {
  std::string target(pattern);
  for (auto begin = target.find('{'); begin != std::string::npos; begin = target.find('{'))
    target.replace(begin, target.find('}') - begin + 1, "ada@example.com");
  return target;
}

bool changes_something(const Row& row) {
  return row.method != Method::get && row.pattern.find("/evaluate") == row.pattern.npos;
}

/// A form may send the first three types without asking before; the browser adds the cookie unless SameSite keeps it.
TEST(CrossOrigin, AFormWithTheCookieChangesNothing) {
  Running running;
  const auto ada = joined(running, Role::admin);
  const auto before = running.get("/v1/changes").body;
  int tried = 0;
  for (const auto& row : table()) {
    if (!changes_something(row)) continue;
    for (const std::string type :
         {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=a"}) {
      const auto answer = running.send({row.method,
                                        target_of(row.pattern),
                                        row.max_body == 0 ? "" : "role=admin",
                                        type,
                                        {{"Cookie", ada}, {"Origin", "https://evil.example"}}});
      EXPECT_TRUE(answer.status == 401 || answer.status == 403) << row.pattern << " " << type << answer.status;
      EXPECT_EQ(answer.header("Set-Cookie"), "") << row.pattern;
      ++tried;
    }
  }
  EXPECT_GT(tried, 60);
  EXPECT_EQ(running.get("/v1/changes").body, before);
  EXPECT_EQ(ask_as(running, ada, Method::get, "/v1/me").status, 200) << "nor was she signed out";
}

/// No browser sends the header for another origin; were it sent, the origin that goes with it says who did.
TEST(CrossOrigin, NotEvenWithTheHeaderOfTheConsole) {
  Running running;
  const auto ada = joined(running, Role::admin);
  for (const std::string origin : {"https://evil.example", "null", "http://127.0.0.1"}) {
    const auto answer = ask_as(running, ada, Method::post, "/v1/metrics",
                               R"({"key":"m","kind":"proportion","event":"e"})", {{"Origin", origin}});
    EXPECT_EQ(answer.status, 403) << origin;
  }
  const auto own = "http://127.0.0.1:" + std::to_string(running.port());
  EXPECT_EQ(ask_as(running, ada, Method::post, "/v1/metrics", R"({"key":"m","kind":"proportion","event":"e"})",
                   {{"Origin", own}, {"Host", "127.0.0.1:" + std::to_string(running.port())}})
                .status,
            201);
}

TEST(CrossOrigin, NobodyIsSignedInByAnotherPagesForm) {
  Running running;
  (void)joined(running, Role::viewer);
  const auto answer = fill_in(running, "/sign-in", R"({"email":"ada@example.com","password":"correct horse battery"})",
                              {{"Origin", "https://evil.example"}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST(CrossOrigin, WhoeverSignsInIsLedToAPathOfThisServiceAlone) {
  Running running;
  (void)joined(running, Role::viewer);
  const auto led_to = [&](const std::string& next) {
    const auto answer = running.send({Method::post,
                                      "/sign-in",
                                      "email=ada%40example.com&password=correct+horse+battery&next=" + next,
                                      "application/x-www-form-urlencoded",
                                      {{"Accept", "text/html"}}});
    EXPECT_EQ(answer.status, 303) << answer.body;
    return std::string(answer.header("Location"));
  };
  EXPECT_EQ(led_to("%2Fexperiments%2Fcheckout%3Ftruth"), "/experiments/checkout?truth");
  for (const std::string next : {"", "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example",
                                 "%2F%0D%0ASet-Cookie%3A+a%3Db", "evil"})
    EXPECT_EQ(led_to(next), "/") << next;
}

/// Styles and scripts from here, none within the page, nothing framed.
TEST(CrossOrigin, EveryPageKeepsToItsOwnOrigin) {
  Running running;
  const auto ada = joined(running, Role::admin);
  const auto token = member(running.post("/v1/people/ada@example.com:reset", "").body, "/path");
  for (const std::string target : {"/", "/experiments/nothing", "/console", "/console/people", "/sign-in",
                                   "/setup?token=x", "/join?token=x", "/shared/x", "/docs"}) {
    for (const auto& cookie : {ada, std::string()}) {
      const auto page = running.send({Method::get,
                                      target == "/join?token=x" ? token : target,
                                      "",
                                      "",
                                      {{"Cookie", cookie}, {"Accept", "text/html"}}});
      const std::string policy(page.header("Content-Security-Policy"));
      EXPECT_TRUE(policy.starts_with("default-src 'none'")) << target << policy;
      for (const std::string never : {"unsafe", "http", "*", "data: ", "blob"})
        EXPECT_EQ(policy.find(never), std::string::npos) << target;
      EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << target;
      EXPECT_NE(policy.find("base-uri 'none'"), std::string::npos) << target;
      for (const std::string never : {"<script>", " onclick", " style=", "javascript:"})
        EXPECT_EQ(page.body.find(never), std::string::npos) << target << never;
      EXPECT_NE(page.header("Referrer-Policy"), "") << target;
    }
  }
}

}  // namespace
}  // namespace touchstone::api
