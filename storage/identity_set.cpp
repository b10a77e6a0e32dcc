#include "storage/identity_set.hpp"

#include <algorithm>

namespace touchstone::storage {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::size_t kFirstSlots = 8;
constexpr std::size_t kLarge = 4'096;

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

std::size_t IdentitySet::part_of(const Fingerprint& name) noexcept { return name.high >> 58U; }

const std::uint64_t* IdentitySet::insert(const Identity& identity) {
  const Fingerprint name = marked(identity.name);
  const std::size_t at = part_of(name);
  Part& part = parts_[at];
  if (3 * part.slots.size() < 4 * (part.size + 1)) grow(at);
  Identity* slot = locate(part.slots, name);
  if (slot->name != kFree) return &slot->content;
  *slot = {name, identity.content};
  ++part.size;
  ++size_;
  return nullptr;
}

void IdentitySet::expect(const Fingerprint& name) const noexcept {
  const std::vector<Identity>& slots = parts_[part_of(name)].slots;
  if (!slots.empty()) __builtin_prefetch(&slots[home(name, slots.size())], 1);
}

Identity* IdentitySet::locate(std::vector<Identity>& slots, const Fingerprint& name) {
  std::size_t at = home(name, slots.size());
  while (slots[at].name != kFree && slots[at].name != name) at = at + 1 == slots.size() ? 0 : at + 1;
  return &slots[at];
}

/// By a quarter. Parts are of about one size, and the first time they are large each grows by another share of that, so
/// that later on they do not grow all at once.
void IdentitySet::grow(std::size_t part) {
  std::vector<Identity>& slots = parts_[part].slots;
  const std::size_t before = slots.size();
  const bool first_large = before < kLarge && before + before / 4 >= kLarge;
  const std::size_t after =
      first_large ? kLarge + kLarge * part / (4 * kParts) : std::max(kFirstSlots, before + before / 4);
  std::vector<Identity> old(after);
  old.swap(slots);
  for (const Identity& identity : old) {
    if (identity.name != kFree) *locate(slots, identity.name) = identity;
  }
  slots_ += after - before;
}

}  // namespace touchstone::storage
