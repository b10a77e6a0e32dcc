#include <cctype>
#include <set>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

// The text with each letter and digit replaced by one that stands for its kind.
std::string shape(std::string text) {
  for (char& c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) c = '0';
    if (std::islower(static_cast<unsigned char>(c)) != 0) c = 'a';
    if (std::isupper(static_cast<unsigned char>(c)) != 0) c = 'A';
  }
  return text;
}

class Replies : public testing::Test {
 protected:
  Answer ask(const std::string& request) { return Wire(trial_.port()).ask(request).value(); }
  Trial trial_;
};

TEST_F(Replies, CarriesWhatEveryAnswerCarries) {
  for (const auto* path : {"/probe", "/nowhere", "/throws", "/probe;"}) {
    const auto answer = ask(get(path));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("X-Request-Id").size(), 16U);
    EXPECT_EQ(answer.header("X-Request-Id").find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(shape(answer.header("Date")), "Aaa, 00 Aaa 0000 00:00:00 AAA");  // RFC 9110 5.6.7
    EXPECT_EQ(answer.header("Content-Length"), std::to_string(answer.body.size()));
    EXPECT_EQ(answer.header("Content-Type"), "text/plain");
  }
}

TEST_F(Replies, ErrorsTakeTheOwnersShape) {
  EXPECT_EQ(ask(get("/nowhere")).body,
            "404|Nothing is served at this path.|Check the path against the API's description.");
}

TEST_F(Replies, RequestIdsDifferUnlessTheCallerGivesOne) {
  std::set<std::string> ids;
  Wire wire(trial_.port());
  for (int i = 0; i < 1000; ++i) ids.insert(wire.ask(get("/probe"))->header("X-Request-Id"));
  EXPECT_EQ(ids.size(), 1000U);
  const auto with_id = [&](const std::string& id) {
    return ask("GET /probe HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n").header("X-Request-Id");
  };
  EXPECT_EQ(with_id("A-b_c.9"), "A-b_c.9");
  EXPECT_EQ(with_id(std::string(64, 'a')), std::string(64, 'a'));
  EXPECT_NE(with_id(std::string(65, 'a')), std::string(65, 'a'));
  EXPECT_NE(with_id("<script>"), "<script>");
}

TEST_F(Replies, WithoutContentHasNoContentHeaders) {
  for (const auto& [request, status] : std::vector<std::pair<std::string, int>>{
           {"DELETE /fast/a HTTP/1.1\r\nHost: a\r\n\r\n", 204}, {get("/not-modified"), 304}}) {
    const auto answer = ask(request);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Content-Length"), "");  // RFC 9110 8.6
    EXPECT_EQ(answer.header("Content-Type"), "");
  }
}

TEST_F(Replies, HandlersMayAddHeadersButNotSplitThem) {
  EXPECT_EQ(ask(get("/etag")).header("ETag"), "\"1\"");
  for (const auto* path : {"/splits", "/frames", "/names", "/status"}) {
    const auto answer = ask(get(path));
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.header("X-B"), "");
  }
  EXPECT_EQ(trial_.failures().size(), 4U);
}

TEST_F(Replies, AStreamThatNobodyFeedsIsAFailure) { EXPECT_EQ(ask(get("/stream")).status, 500); }

TEST_F(Replies, OneHandlersLeftoversDoNotReachTheNext) {
  Wire wire(trial_.port());
  EXPECT_EQ(wire.ask(get("/etag"))->header("ETag"), "\"1\"");
  const auto next = wire.ask("DELETE /fast/a HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(next->header("ETag"), "");
  EXPECT_EQ(wire.ask(get("/not-modified"))->status, 304);
  EXPECT_EQ(wire.ask(get("/stream"))->status, 500);
  EXPECT_EQ(wire.ask(get("/probe"))->status, 200);
}

TEST_F(Replies, AnErrorShapeThatFailsIsReplacedByABareOne) {
  Server server(quick_options(), {},
                [](int, std::string_view, std::string_view, std::string_view) -> Response { throw 1; });
  server.start();
  const auto answer = Wire(server.port()).ask(get("/"));
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->body, "");
}

TEST_F(Replies, CountersCount) {
  Wire wire(trial_.port());
  const auto asked = get("/probe") + get("/nowhere") + get("/throws") + get("/not-modified");
  std::size_t received = 0;
  wire.send(asked);
  for (int i = 0; i < 4; ++i) received += wire.read()->body.size();
  EXPECT_TRUE(eventually([&] { return trial_.server().counters().bytes_out > received; }));
  const auto counters = trial_.server().counters();
  EXPECT_EQ(counters.accepted, 1U);
  EXPECT_EQ(counters.active, 1U);
  EXPECT_EQ(counters.requests, (std::array<std::uint64_t, 6>{0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(counters.refused[static_cast<std::size_t>(Reason::no_route)], 1U);
  EXPECT_EQ(counters.refused[static_cast<std::size_t>(Reason::handler_failed)], 1U);
  EXPECT_EQ(counters.bytes_in, asked.size());
  EXPECT_EQ(counters.failures, 0U);
}

TEST(Reason, HasNamesForEachValue) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < reason_count; ++i) names.insert(name(static_cast<Reason>(i)));
  EXPECT_EQ(names.size(), reason_count);
}

}  // namespace
}  // namespace touchstone::http::test
