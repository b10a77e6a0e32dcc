#include "assign/key_index.hpp"

#include <bit>
#include <cstddef>

#include "assign/murmur3.hpp"

namespace touchstone::assign {

KeyIndex::KeyIndex(std::span<const std::string_view> keys) : keys_(keys), places_(std::bit_ceil(keys.size() * 2 + 1)) {
  const std::size_t mask = places_.size() - 1;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t hash = murmur3(keys[i]);
    std::size_t at = hash & mask;
    while (places_[at].number != 0) at = (at + 1) & mask;
    places_[at] = {hash, i + 1};
  }
}

std::optional<std::uint32_t> KeyIndex::find(std::string_view key) const noexcept {
  if (places_.empty()) return std::nullopt;
  const std::size_t mask = places_.size() - 1;
  const std::uint32_t hash = murmur3(key);
  for (std::size_t at = hash & mask; places_[at].number != 0; at = (at + 1) & mask) {
    const std::uint32_t place = places_[at].number - 1;
    if (places_[at].hash == hash && keys_[place] == key) return place;
  }
  return std::nullopt;
}

}  // namespace touchstone::assign
