#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/fingerprint.hpp"

namespace touchstone::storage {

/// A set of identities: open addressing, linear probing, 24 bytes a slot, 32 to 40 per identity. The slot of a
/// fingerprint grows with its low half, so that a larger table is filled front to back. The keyed hash is the defence
/// against chosen collisions. It has 64 parts that grow one after the other, so that nobody waits for a large one.
class IdentitySet {
 public:
  /// The content stored under that name: null = it was not there and is now.
  const std::uint64_t* insert(const Identity& identity);

  /// A hint that this name comes soon: its slot is fetched while the caller does something else.
  void expect(const Fingerprint& name) const noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return slots_ * sizeof(Identity); }

 private:
  static constexpr std::size_t kParts = 64;
  struct Part {
    std::vector<Identity> slots;
    std::size_t size = 0;
  };
  static std::size_t part_of(const Fingerprint& name) noexcept;
  static Identity* locate(std::vector<Identity>& slots, const Fingerprint& name);
  void grow(std::size_t part);

  std::array<Part, kParts> parts_;
  std::size_t slots_ = 0;
  std::size_t size_ = 0;
};

}  // namespace touchstone::storage
