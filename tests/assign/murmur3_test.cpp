#include "assign/murmur3.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace touchstone::assign
