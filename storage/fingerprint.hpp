#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/event.hpp"

namespace touchstone::storage {

/// Days since 1970-01-01 UTC.
using Day = std::chrono::sys_days;

[[nodiscard]] inline Day day_of(Time ts) noexcept { return std::chrono::floor<std::chrono::days>(ts); }

/// 128 bits of SipHash-2-4 under a secret key: nobody without the key can make two that meet.
struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

/// Big-endian, so that the bytes sort as the number does.
[[nodiscard]] std::array<unsigned char, 16> bytes_of(const Fingerprint& fingerprint) noexcept;
/// Of those bytes; zero where there are not sixteen.
[[nodiscard]] Fingerprint fingerprint_of(std::string_view bytes) noexcept;

using FingerprintKey = std::array<unsigned char, 16>;

/// What makes an event itself, and what it says.
struct Identity {
  Fingerprint name;           ///< of (environment, id, day of ts as sent); without an id: of the whole item
  std::uint64_t content = 0;  ///< of everything in the item; differs under an equal `name` = a conflict
};

/// Makes identities. Holds a scratch buffer, so one per thread; allocates only while the buffer grows.
class Fingerprinter {
 public:
  explicit Fingerprinter(const FingerprintKey& key) : key_(key) {}

  [[nodiscard]] Identity identify(std::uint32_t environment, const Event& event);

  /// Of all that results can depend on: the item, and when it took effect.
  [[nodiscard]] Fingerprint fingerprint(const StoredEvent& stored);

  /// Of a unit: what is left of it after an erasure.
  [[nodiscard]] Fingerprint unit(std::uint32_t environment, const UnitRef& unit);

 private:
  /// Of a sign for what it is of, and `size` bytes that `write` lays down.
  template <class Write>
  [[nodiscard]] Fingerprint hash(char kind, std::size_t size, const Write& write);

  FingerprintKey key_;
  std::string scratch_;
};

}  // namespace touchstone::storage
