#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

const FastHandler kNothing = [](const Request&, Response&) {};

Server table(std::vector<Route> routes) { return {quick_options(), std::move(routes), plain_error}; }

class Routing : public testing::Test {
 protected:
  std::string ask(const std::string& request) {
    const auto answer = Wire(trial_.port()).ask(request);
    return answer ? std::to_string(answer->status) + " " + answer->body : "no answer";
  }
  Trial trial_;
};

TEST_F(Routing, PlaceholdersMatchOneSegmentEach) {
  EXPECT_EQ(ask(get("/fast/one")), "200 /fast/one||one||");
  EXPECT_EQ(ask(get("/fast/one/and/two")), "200 /fast/one/and/two||one|two|");
  EXPECT_EQ(ask(get("/fast/a.b-c_d~e")), "200 /fast/a.b-c_d~e||a.b-c_d~e||");
  EXPECT_EQ(ask(get("/fast/%C3%A4%20%3F")), "200 /fast/\xC3\xA4 ?||\xC3\xA4 ?||") << "decoded once";
  EXPECT_EQ(ask(get("/fast/%2541")), "200 /fast/%41||%41||") << "and not twice";
  EXPECT_EQ(ask(get("/fast/..a")), "200 /fast/..a||..a||") << "dots alone make a dot segment";
}

TEST_F(Routing, LiteralsComeBeforePlaceholders) { EXPECT_EQ(ask(get("/fast/special")), "200 special"); }

TEST_F(Routing, ALiteralThatLeadsNowhereGivesWay) {
  EXPECT_EQ(ask(get("/fast/special/and/two")), "200 /fast/special/and/two||special|two|");
}

TEST_F(Routing, ActionsFollowAPlaceholder) {
  EXPECT_EQ(ask(post("/fast/key:start", "")), "200 /fast/key:start||key||");
  EXPECT_EQ(ask(post("/fast/a:b:start", "")), "200 /fast/a:b:start||a:b||");
  const auto answer = Wire(trial_.port()).ask(get("/fast/key:start"));
  EXPECT_EQ(answer->status, 405);
  EXPECT_EQ(answer->header("Allow"), "POST");
  EXPECT_EQ(ask(get("/fast/:start")), "200 /fast/:start||:start||") << "nothing stands before the action";
}

TEST_F(Routing, AllowNamesTheMethodsOfThePath) {
  EXPECT_EQ(Wire(trial_.port()).ask(post("/probe", ""))->header("Allow"), "GET, HEAD");
  EXPECT_EQ(Wire(trial_.port()).ask(get("/echo"))->header("Allow"), "POST, PUT");
  EXPECT_EQ(Wire(trial_.port()).ask(post("/fast/a", ""))->header("Allow"), "GET, HEAD, DELETE");
}

TEST_F(Routing, HeadIsGetWithoutItsBody) {
  Wire wire(trial_.port());
  wire.send("HEAD /fast/abc HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = wire.read(true);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("Content-Length"), "16");
  EXPECT_EQ(wire.ask(get("/probe"))->body, "probe");
  wire.send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(wire.read(true)->status, 404);
  EXPECT_EQ(wire.ask(get("/probe"))->body, "probe");
}

TEST_F(Routing, HeadersReachTheHandler) {
  EXPECT_EQ(
      ask("GET /headers HTTP/1.1\r\nHost: h:1\r\nAuthorization: Bearer x\r\nContent-Type: text/x\r\nAccept: */*\r\n"
          "If-Match: \"1\"\r\nIf-None-Match: \"2\"\r\nIdempotency-Key: k\r\nOrigin: https://o\r\nCookie: c=1\r\n"
          "X-Forwarded-For: 1.2.3.4\r\nX-Request-Id: trace-7\r\n\r\n"),
      "200 Bearer x|text/x|*/*|\"1\"|\"2\"|k|https://o|h:1|c=1|1.2.3.4|127.0.0.1|trace-7|false");
}

TEST(RouteTable, MistakesAreFoundAtTheStart) {
  EXPECT_THROW(table({{Method::get, "", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "a", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/a//b", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/a/", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/{}", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/{a", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/x{a}", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/{a}{b}", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/{a}/{b}/{c}", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/a", 0, FastHandler{}}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/a", 0, kNothing}, {Method::get, "/a", 0, kNothing}}), std::invalid_argument);
  EXPECT_THROW(table({{Method::get, "/{a}", 0, kNothing}, {Method::get, "/{b}", 0, kNothing}}), std::invalid_argument);
}

}  // namespace
}  // namespace touchstone::http::test
