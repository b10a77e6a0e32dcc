#include "service/fast/stream_token.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

using namespace std::chrono_literals;

constexpr assign::Instant kNow{std::chrono::seconds(1'800'000'000)};

SigningKey key(unsigned char fill) {
  SigningKey made;
  made.fill(fill);
  return made;
}

TEST(StreamToken, OpensItsEnvironmentUntilItExpires) {
  const StreamLeave leave{7, kNow + 1h};
  const auto token = write_stream_token(key(1), leave);
  EXPECT_EQ(read_stream_token(key(1), kNow, token), leave);
  EXPECT_EQ(read_stream_token(key(1), kNow + 1h - 1us, token), leave);
  EXPECT_EQ(read_stream_token(key(1), kNow + 1h, token), std::nullopt);
}

TEST(StreamToken, EveryOtherTextIsRefused) {
  const auto token = write_stream_token(key(1), {7, kNow + 1h});
  EXPECT_EQ(read_stream_token(key(2), kNow, token), std::nullopt);
  EXPECT_EQ(read_stream_token(key(1), kNow, ""), std::nullopt);
  EXPECT_EQ(read_stream_token(key(1), kNow, std::string(100'000, 'A')), std::nullopt);
  EXPECT_EQ(read_stream_token(key(1), kNow, sign(key(1), "of another purpose, with more to say")), std::nullopt);
  EXPECT_EQ(read_stream_token(key(1), kNow, sign(key(1), "less")), std::nullopt);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(read_stream_token(key(1), kNow, changed), std::nullopt) << i;
  }
}

TEST(StreamToken, IsTheSameForADayAndGoodForAMonth) {
  const auto midnight = std::chrono::floor<std::chrono::days>(kNow);
  const auto token = stream_token(key(1), 7, midnight);
  EXPECT_EQ(stream_token(key(1), 7, midnight + 24h - 1us), token);
  EXPECT_NE(stream_token(key(1), 7, midnight + 24h), token);
  EXPECT_NE(stream_token(key(1), 8, midnight), token);
  EXPECT_TRUE(read_stream_token(key(1), midnight + 24h * 31 - 1us, token));
}

}  // namespace
}  // namespace touchstone::fast
