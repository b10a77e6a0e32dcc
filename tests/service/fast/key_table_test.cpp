#include "service/fast/key_table.hpp"

#include <string>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

std::string hex(const KeyHash& hash) {
  std::string text;
  for (const auto byte : hash) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

// FIPS 180-2, appendix B.1: SHA-256("abc").
TEST(FastKeyTable, HashIsSha256) {
  EXPECT_EQ(hex(hash_of_key("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FastKeyTable, FindsExactlyTheKeysItHolds) {
  std::vector<KeyTable::Entry> entries;
  for (std::uint64_t i = 0; i < 100; ++i)
    entries.push_back({hash_of_key("ts_server_" + std::to_string(i)), {KeyKind::server, 1, i}});
  const KeyTable table(std::move(entries));
  for (std::uint64_t i = 0; i < 100; ++i) {
    const auto found = table.find("ts_server_" + std::to_string(i));
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (Caller{KeyKind::server, 1, i}));
  }
  EXPECT_FALSE(table.find("ts_server_100"));
  EXPECT_FALSE(table.find(""));
  EXPECT_FALSE(KeyTable().find("ts_server_1"));
}

TEST(FastKeyTable, NamesOfKindsReadBack) {
  for (const auto kind : all_key_kinds) EXPECT_EQ(key_kind_named(name_of(kind)), kind);
  EXPECT_FALSE(key_kind_named("root"));
}

TEST(FastKeyTable, TakesTheTokenOfABearerHeaderOnly) {
  EXPECT_EQ(bearer_token("Bearer ts_admin_x"), "ts_admin_x");
  EXPECT_EQ(bearer_token("bearer ts_admin_x"), "ts_admin_x");
  EXPECT_EQ(bearer_token("Basic ts_admin_x"), "");
  EXPECT_EQ(bearer_token("ts_admin_x"), "");
  EXPECT_EQ(bearer_token("Bearer "), "");
  EXPECT_EQ(bearer_token(""), "");
}

}  // namespace
}  // namespace touchstone::fast
