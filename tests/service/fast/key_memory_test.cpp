#include "service/fast/key_memory.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

std::shared_ptr<const KeyTable> table_of(const std::vector<std::string>& keys) {
  std::vector<KeyTable::Entry> entries;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    KeyTable::Entry entry;
    entry.hash = hash_of_key(keys[i]);
    entry.caller = {KeyKind::server, static_cast<std::uint32_t>(i + 1), i + 1};
    entries.push_back(entry);
  }
  return std::make_shared<const KeyTable>(std::move(entries));
}

TEST(FastKeyMemory, SaysWhatTheTableSaysHoweverOftenItIsAsked) {
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.push_back("ts_server_" + std::to_string(i));
  const auto table = table_of(keys);
  KeyMemory memory;
  for (int turn = 0; turn < 3; ++turn)
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto caller = memory.find(table, keys[i]);
      ASSERT_TRUE(caller.has_value());
      EXPECT_EQ(caller->environment, i + 1);
      EXPECT_FALSE(memory.find(table, keys[i] + "x").has_value());
    }
  EXPECT_FALSE(memory.find(table, "").has_value());
}

TEST(FastKeyMemory, ForgetsAKeyThatIsRevoked) {
  KeyMemory memory;
  EXPECT_TRUE(memory.find(table_of({"a", "b"}), "b").has_value());
  const auto without = table_of({"a"});
  EXPECT_FALSE(memory.find(without, "b").has_value());
  EXPECT_TRUE(memory.find(without, "a").has_value());
}

}  // namespace
}  // namespace touchstone::fast
