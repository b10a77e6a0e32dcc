#include "service/fast/kept_table.hpp"

#include <cstring>

#include <sodium.h>

namespace touchstone::fast {

namespace {

/// experiment 0x1F type 0x1F id: neither keys nor ids can have that byte.
class Question {
 public:
  Question(std::string_view experiment, const assign::Unit& unit) noexcept {
    append(experiment);
    append("\x1F");
    append(unit.type);
    append("\x1F");
    append(unit.id);
  }

  [[nodiscard]] const unsigned char* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return used_; }

 private:
  void append(std::string_view text) noexcept {
    const std::size_t size = text.size() < bytes_.size() - used_ ? text.size() : bytes_.size() - used_;
    if (size > 0) std::memcpy(bytes_.data() + used_, text.data(), size);
    used_ += size;
  }

  std::array<unsigned char, 128 + 1 + 128 + 1 + assign::longest_unit_id> bytes_;
  std::size_t used_ = 0;
};

}  // namespace

KeptTable::KeptTable() {
  static_assert(sizeof(Secret) == crypto_shorthash_KEYBYTES);
  crypto_shorthash_keygen(secret_.data());
  for (auto& shard : shards_) shard = std::make_shared<const Shard>(kSmallestShard);
}

std::uint64_t KeptTable::hash(std::string_view experiment, const assign::Unit& unit) const noexcept {
  const Question question(experiment, unit);
  std::uint64_t result = 0;
  static_assert(sizeof result == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&result), question.data(), question.size(), secret_.data());
  return result;
}

KeptTable::Place& KeptTable::Shard::at(std::uint64_t tag) const noexcept {
  std::size_t place = tag & mask;
  while (true) {
    const auto found = places[place].load(std::memory_order_acquire);
    if (found == 0 || tag_in(found) == tag) return places[place];
    place = (place + 1) & mask;
  }
}

std::optional<assign::Met> KeptTable::find(std::string_view experiment, const assign::Unit& unit) const noexcept {
  const auto hashed = hash(experiment, unit);
  const Place& place = shards_[shard_of(hashed)]->at(tag_of(hashed));
  const auto code = static_cast<std::uint32_t>(code_in(place.load(std::memory_order_acquire)));
  if (code == 0) return std::nullopt;
  return assign::Met{(code & kVariants) - 1, (code & kBelongs) != 0};
}

}  // namespace touchstone::fast
