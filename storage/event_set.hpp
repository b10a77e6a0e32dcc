#pragma once

#include <array>
#include <cstdint>

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

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// BLAKE2b-256 over sum and count.
  [[nodiscard]] std::array<unsigned char, 32> digest() const noexcept;

 private:
  __extension__ typedef unsigned __int128 Sum;

  Sum sum_ = 0;
  std::uint64_t count_ = 0;
};

/// The key of the fingerprints that are summed, from the directory's own.
[[nodiscard]] FingerprintKey event_set_key(const FingerprintKey& secret) noexcept;

}  // namespace touchstone::storage
