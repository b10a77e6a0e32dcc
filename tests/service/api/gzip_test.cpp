#include "tests/service/http/gzip.hpp"

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"
#include "tests/service/api/seen.hpp"

namespace touchstone::api {
namespace {

using http::test::gzip;

constexpr std::string_view kLine =
    R"({"type":"event","name":"purchase","unit":"u1","ts":"2026-01-02T00:00:00Z","value":1})";

http::ClientResponse send(Running& running, const std::string& body, const std::string& type = "application/x-ndjson") {
  return running.send(
      {.method = http::Method::post,
       .target = "/v1/events",
       .body = body,
       .content_type = type,
       .headers = {{"Authorization", "Bearer " + running.key(fast::KeyKind::server)}, {"Content-Encoding", "gzip"}}});
}

/// One event, and blanks up to the size.
std::string of_size(std::size_t size) { return std::string(kLine) + std::string(size - kLine.size(), '\n'); }

std::size_t limit() { return row_of(http::Method::post, "/v1/events").max_body; }

TEST(ApiGzip, EventsComeAsLinesInOneMemberOrMany) {
  Running running;
  const std::string other = R"({"type":"event","name":"visit","unit":"u2","ts":"2026-01-02T00:00:00Z"})";
  EXPECT_EQ(member(send(running, gzip(std::string(kLine) + "\n" + other + "\n")).body, "/stored"), "2");
  const auto again = send(running, gzip(std::string(kLine) + "\n") + gzip(other));
  EXPECT_EQ(member(again.body, "/duplicate"), "2") << again.body;
  EXPECT_EQ(member(send(running, gzip("[" + other + "]"), "application/json").body, "/duplicate"), "1");
}

TEST(ApiGzip, TheCapIsExactAfterInflation) {
  Running running;
  EXPECT_EQ(member(send(running, gzip(of_size(limit()))).body, "/stored"), "1");
  const auto over = send(running, gzip(of_size(limit() + 1)));
  EXPECT_EQ(over.status, 413);
  EXPECT_EQ(member(over.body, "/type"), "/problems/too-large");
  EXPECT_EQ(send(running, gzip(of_size(limit())) + gzip("\n")).status, 413) << "members count together";
}

TEST(ApiGzip, BombsAndDamageAreRefusedAndTheServiceGoesOn) {
  Running running;
  const auto whole = gzip(std::string(kLine));
  EXPECT_EQ(send(running, gzip(std::string(200U << 20U, ' '))).status, 413);
  EXPECT_EQ(send(running, whole.substr(0, whole.size() - 1)).status, 400) << "cut short";
  EXPECT_EQ(send(running, whole + "x").status, 400) << "something follows";
  EXPECT_EQ(send(running, "").status, 400) << "no member at all";
  EXPECT_EQ(member(send(running, whole).body, "/stored"), "1");
}

}  // namespace
}  // namespace touchstone::api
