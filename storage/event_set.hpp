#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/fingerprint.hpp"

namespace touchstone::storage {

/// A set of stored events as one number: the sum of their fingerprints modulo 2^128 (MSet-Add-Hash of Clarke, Devadas,
/// van Dijk, Gassend and Suh, 2003). The same events in any order give the same sum, kept current at the cost of one
/// SipHash. Nobody without the key can make another set with an equal sum; order of acceptance, time of receipt and the
/// key that brought an event do not count.
class EventSet {
 public:
  void add(const Fingerprint& event) noexcept;
  void add(const EventSet& others) noexcept;
  void remove(const EventSet& members) noexcept;

  /// The set itself, to be kept.
  static constexpr std::size_t kBytes = 24;
  [[nodiscard]] std::string bytes() const;
  /// From those bytes; empty where there are not as many.
  [[nodiscard]] static EventSet of(std::string_view bytes) noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// BLAKE2b-256 over sum and count.
  [[nodiscard]] std::array<unsigned char, 32> digest() const noexcept;

 private:
  [[nodiscard]] std::array<unsigned char, kBytes> raw() const noexcept;

  __extension__ typedef unsigned __int128 Sum;

  Sum sum_ = 0;
  std::uint64_t count_ = 0;
};

/// The key of the fingerprints that are summed, from the directory's own.
[[nodiscard]] FingerprintKey event_set_key(const FingerprintKey& secret) noexcept;

}  // namespace touchstone::storage
