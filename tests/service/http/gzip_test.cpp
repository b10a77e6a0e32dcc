#include "tests/service/http/gzip.hpp"

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

class Gzip : public testing::Test {
 protected:
  std::string ask(std::string_view path, std::string_view packed) {
    const auto answer = Wire(trial_.port()).ask(post(path, packed, "Content-Encoding: gzip\r\n"));
    return answer ? std::to_string(answer->status) + " " + answer->body.substr(0, answer->body.find('|')) : "no answer";
  }
  Trial trial_;
};

TEST_F(Gzip, BodiesAreInflated) {
  const auto answer = Wire(trial_.port()).ask(post("/echo", gzip("hello hello hello"), "Content-Encoding: GZip\r\n"));
  EXPECT_EQ(answer->body, "/echo||||hello hello hello");
  EXPECT_EQ(ask("/size", gzip("")), "200 0");
  EXPECT_EQ(ask("/size", gzip("a") + gzip("bc")), "200 3") << "RFC 1952 2.2: members may follow each other";
}

TEST_F(Gzip, InChunksToo) {
  const auto packed = gzip(std::string(1000, 'x'));
  ASSERT_LT(packed.size(), 250U);
  const std::string size{"0123456789abcdef"[packed.size() / 16], "0123456789abcdef"[packed.size() % 16]};
  const auto answer = Wire(trial_.port())
                          .ask(
                              "POST /size HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nTransfer-Encoding: "
                              "chunked\r\n\r\n" +
                              size + "\r\n" + packed + "\r\n0\r\n\r\n");
  EXPECT_EQ(answer->body, "1000");
}

TEST_F(Gzip, TheLimitHoldsForTheInflatedBody) {
  EXPECT_EQ(ask("/size", gzip(std::string(Trial::kLargeBody - 1, 'x'))), "200 4194303");
  EXPECT_EQ(ask("/size", gzip(std::string(Trial::kLargeBody, 'x'))), "200 4194304");
  EXPECT_EQ(ask("/size", gzip(std::string(Trial::kLargeBody + 1, 'x'))), "413 413");
}

TEST_F(Gzip, ABombIsDefused) {
  const auto bomb = gzip(std::string(200U << 20, '\0'));  // about 1 : 1000
  ASSERT_LT(bomb.size(), 300'000U);
  EXPECT_EQ(ask("/size", bomb), "413 413");
  EXPECT_EQ(Wire(trial_.port()).ask(get("/probe"))->status, 200);
}

TEST_F(Gzip, DamageIsRefused) {
  const auto packed = gzip("hello hello hello");
  EXPECT_EQ(ask("/size", packed.substr(0, packed.size() - 1)), "400 400") << "cut short";
  EXPECT_EQ(ask("/size", packed.substr(0, 5)), "400 400") << "cut in its header";
  EXPECT_EQ(ask("/size", packed + "x"), "400 400") << "something follows";
  auto wrong_sum = packed;
  wrong_sum[packed.size() - 6] = static_cast<char>(wrong_sum[packed.size() - 6] ^ 1);
  EXPECT_EQ(ask("/size", wrong_sum), "400 400") << "checksum";
}

}  // namespace
}  // namespace touchstone::http::test
