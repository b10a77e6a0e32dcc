#include "storage/identity_set.hpp"

#include <algorithm>

namespace touchstone::storage {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::size_t kFirstSlots = 64;

/// The name that marks a free slot; a real one that happens to be it is changed in one bit.
constexpr Fingerprint kFree{};

Fingerprint marked(Fingerprint name) {
  if (name == kFree) name.high = 1;
  return name;
}

std::size_t home(const Fingerprint& name, std::size_t slots) {
  return static_cast<std::size_t>((static_cast<Wide>(name.low) * slots) >> 64U);
}

}  // namespace

const std::uint64_t* IdentitySet::insert(const Identity& identity) {
  if (3 * slots_.size() < 4 * (size_ + 1)) grow();
  const Fingerprint name = marked(identity.name);
  Identity* slot = locate(name);
  if (slot->name != kFree) return &slot->content;
  *slot = {name, identity.content};
  ++size_;
  return nullptr;
}

void IdentitySet::expect(const Fingerprint& name) const noexcept {
  if (!slots_.empty()) __builtin_prefetch(&slots_[home(name, slots_.size())], 1);
}

Identity* IdentitySet::locate(const Fingerprint& name) {
  std::size_t at = home(name, slots_.size());
  while (slots_[at].name != kFree && slots_[at].name != name) at = at + 1 == slots_.size() ? 0 : at + 1;
  return &slots_[at];
}

void IdentitySet::grow() {
  std::vector<Identity> old(std::max(kFirstSlots, slots_.size() + slots_.size() / 4));
  old.swap(slots_);
  for (const Identity& identity : old) {
    if (identity.name != kFree) *locate(identity.name) = identity;
  }
}

}  // namespace touchstone::storage
