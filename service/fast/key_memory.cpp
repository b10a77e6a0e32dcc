#include "service/fast/key_memory.hpp"

#include <sodium.h>

namespace touchstone::fast {

KeyMemory::KeyMemory() {
  static_assert(sizeof secret_ == crypto_shorthash_siphashx24_KEYBYTES);
  static_assert(sizeof(Tag) == crypto_shorthash_siphashx24_BYTES);
  randombytes_buf(secret_.data(), secret_.size());
}

std::optional<Caller> KeyMemory::find(const std::shared_ptr<const KeyTable>& table, std::string_view key) {
  if (key.empty()) return std::nullopt;
  if (table != table_) {
    known_.fill({});
    table_ = table;
  }
  const Tag tag = tag_of(key);
  Known& known = known_[tag[0] % known_.size()];
  if (known.caller && sodium_memcmp(known.tag.data(), tag.data(), tag.size()) == 0) return known.caller;
  const auto caller = table->find(key);
  if (caller) known = {tag, caller};
  return caller;
}

KeyMemory::Tag KeyMemory::tag_of(std::string_view key) const noexcept {
  Tag tag{};
  crypto_shorthash_siphashx24(tag.data(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                              secret_.data());
  return tag;
}

}  // namespace touchstone::fast
