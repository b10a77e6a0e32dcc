#include "service/fast/preview.hpp"

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

std::string token(unsigned char fill = 1) { return write_preview(key(fill), {7, kNow + 1h, "checkout", "one-page"}); }

TEST(Preview, SaysWhatWasSigned) {
  PreviewToken read;
  ASSERT_TRUE(read.read(key(1), 7, kNow, token()));
  EXPECT_EQ(read.preview().experiment, "checkout");
  EXPECT_EQ(read.preview().variant, "one-page");
  EXPECT_EQ(read.preview().expires, kNow + 1h);
}

TEST(Preview, ExpiresToTheSecond) {
  PreviewToken read;
  EXPECT_TRUE(read.read(key(1), 7, kNow + 1h - 1us, token()));
  const auto late = read.read(key(1), 7, kNow + 1h, token());
  ASSERT_FALSE(late);
  EXPECT_NE(late.error().message.find("expired"), std::string::npos);
}

TEST(Preview, AnotherKeyAnotherEnvironmentAndEveryOtherTokenAreRefused) {
  PreviewToken read;
  EXPECT_FALSE(read.read(key(2), 7, kNow, token()));
  EXPECT_FALSE(read.read(key(1), 8, kNow, token()));
  EXPECT_FALSE(read.read(key(1), 7, kNow, ""));
  EXPECT_FALSE(read.read(key(1), 7, kNow, std::string(100'000, 'A')));
  for (std::size_t i = 0; i < token().size(); ++i) {
    auto changed = token();
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(read.read(key(1), 7, kNow, changed)) << i;
    EXPECT_FALSE(read.read(key(1), 7, kNow, token().substr(0, i))) << i;
  }
}

TEST(Preview, TheLongestKeysFit) {
  const std::string name(128, 'k');
  const auto longest = write_preview(key(1), {7, kNow + 1h, name, name});
  EXPECT_LE(longest.size(), PreviewToken::longest);
  PreviewToken read;
  ASSERT_TRUE(read.read(key(1), 7, kNow, longest));
  EXPECT_EQ(read.preview().variant, name);
}

}  // namespace
}  // namespace touchstone::fast
