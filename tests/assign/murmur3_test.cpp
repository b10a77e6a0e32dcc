#include "assign/murmur3.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "assign/same_text.hpp"

namespace touchstone::assign {
namespace {

std::string little_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((value >> shift) & 0xFF);
  return bytes;
}

// SMHasher's VerificationTest: keys {}, {0}, {0,1}, ... {0..254}, seed 256 - length, hashed again with seed 0. Its
// published value for MurmurHash3_x86_32 is 0xB0F57EE3.
TEST(Murmur3, GivesTheVerificationValueOfItsAuthor) {
  std::string key;
  std::string hashes;
  for (std::uint32_t i = 0; i < 256; ++i) {
    hashes += little_endian(murmur3(key, 256 - i));
    key += static_cast<char>(i);
  }
  EXPECT_EQ(murmur3(hashes), 0xB0F57EE3U);
}

TEST(Murmur3, PrefixMixedOnceEqualsTheWhole) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  for (std::size_t prefix = 0; prefix <= text.size(); ++prefix)
    for (std::size_t end = prefix; end <= text.size(); ++end)
      EXPECT_EQ(Murmur3Prefix(text.substr(0, prefix), 7)(text.substr(prefix, end - prefix)),
                murmur3(text.substr(0, end), 7));
}

TEST(Murmur3, TwoPrefixesAtOnceEqualEachAlone) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  for (const auto* first : {"", "four", "fours"})
    for (const auto* second : {"salt", "s"})
      for (std::size_t size = 0; size <= text.size(); ++size) {
        const Murmur3Prefix a(first);
        const Murmur3Prefix b(second, 9);
        const auto bytes = std::string_view(text).substr(0, size);
        EXPECT_EQ(Murmur3Prefix::both(a, b, bytes), std::pair(a(bytes), b(bytes))) << first << second << size;
      }
}

TEST(SameText, AgreesWithTheLibrary) {
  const std::string text(40, 'a');
  for (std::size_t size = 0; size <= text.size(); ++size) {
    EXPECT_TRUE(same_text(text.substr(0, size), text.substr(0, size)));
    EXPECT_FALSE(same_text(text.substr(0, size), text.substr(0, size) + "b"));
    for (std::size_t i = 0; i < size; ++i) {
      auto other = text.substr(0, size);
      other[i] = 'b';
      EXPECT_FALSE(same_text(other, text.substr(0, size))) << size << " " << i;
    }
  }
}

}  // namespace
}  // namespace touchstone::assign
