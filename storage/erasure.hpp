#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/event_set.hpp"
#include "storage/fingerprint.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

/// A unit by its own bytes.
struct UnitName {
  std::string type;
  std::string id;

  [[nodiscard]] UnitRef ref() const noexcept { return {type, id}; }
};

/// That a unit is to be forgotten, and what became of it. Of the unit itself it holds a keyed hash.
struct Erasure {
  std::uint64_t id = 0;
  std::uint32_t environment = 0;
  Fingerprint unit;               ///< as Fingerprinter::unit() makes it
  Time ordered{};                 ///< from then on what comes of the unit is refused
  std::uint64_t change = 0;       ///< seq of the order in the audit
  std::uint64_t linked = 0;       ///< other units that were the same person
  bool linked_too = false;        ///< whether these were erased with it
  std::uint64_t quarantined = 0;  ///< events taken out of quarantine
  std::optional<Time> finished;   ///< when nothing of it was left on disk
  std::optional<Time> lifted;     ///< from then on events of the unit are taken again
};

/// What one file of the journal held of an erased unit.
struct ErasedEvents {
  std::string file;
  EventSet events;
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
};

/// A copy of the directory that was made and may still be there.
struct BackupNote {
  Time at{};
  std::string path;
  std::uint64_t last_seq = 0;  ///< the last event in it
};

}  // namespace touchstone::storage
