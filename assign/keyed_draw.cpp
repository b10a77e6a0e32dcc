#include "assign/keyed_draw.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <sodium.h>

#include "assign/unit.hpp"

namespace touchstone::assign {
namespace {

constexpr std::size_t longest_prefix = 256;

std::uint64_t little_endian(const unsigned char* bytes) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < 8; ++i) number |= std::uint64_t{bytes[i]} << (8 * i);
  return number;
}

}  // namespace

KeyedDraw::KeyedDraw(const DrawKey& key, std::string_view salt)
    : key_(key), prefix_(std::string(salt.substr(0, longest_prefix - 1)) + '\x1F') {}

Slot KeyedDraw::operator()(std::string_view id) const noexcept {
  static_assert(sizeof(DrawKey) == crypto_shorthash_KEYBYTES);
  std::array<unsigned char, longest_prefix + longest_unit_id> text;
  const std::size_t size = std::min(id.size(), longest_unit_id);
  std::memcpy(text.data(), prefix_.data(), prefix_.size());
  std::memcpy(text.data() + prefix_.size(), id.data(), size);
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), text.data(), prefix_.size() + size, key_.data());
  return slot_of(static_cast<std::uint32_t>(little_endian(hash.data()) >> 32U));
}

}  // namespace touchstone::assign
