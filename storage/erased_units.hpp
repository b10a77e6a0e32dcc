#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>

#include "storage/fingerprint.hpp"

namespace touchstone::storage {

/// Units that are to be found without being known: by their keyed hashes. Holds a scratch buffer, so one per thread.
class ErasedUnits {
 public:
  explicit ErasedUnits(const FingerprintKey& key) : fingerprinter_(key) {}

  void put(std::uint32_t environment, const Fingerprint& unit, std::uint64_t erasure);

  /// The erasure that the unit falls under, or the event by its unit or by the one it links to.
  [[nodiscard]] std::optional<std::uint64_t> find(std::uint32_t environment, const UnitRef& unit);
  [[nodiscard]] std::optional<std::uint64_t> find(std::uint32_t environment, const Event& event);

  [[nodiscard]] bool empty() const noexcept { return units_.empty(); }
  [[nodiscard]] const std::set<std::uint32_t>& environments() const noexcept { return environments_; }
  [[nodiscard]] const std::set<std::uint64_t>& erasures() const noexcept { return erasures_; }

 private:
  struct Hash {
    std::size_t operator()(const Fingerprint& unit) const noexcept { return unit.low; }
  };

  Fingerprinter fingerprinter_;
  std::unordered_map<Fingerprint, std::uint64_t, Hash> units_;
  std::set<std::uint32_t> environments_;
  std::set<std::uint64_t> erasures_;
};

}  // namespace touchstone::storage
