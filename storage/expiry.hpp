#pragma once

#include <cstdint>
#include <optional>

#include "storage/event.hpp"
#include "storage/event_set.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

/// Until when the events of an environment were let go, as they are older than is kept.
struct Expiry {
  std::uint32_t environment = 0;
  Time kept_from{};  ///< what took effect before it is gone, and refused where it comes again
  Time ordered{};
  std::uint64_t change = 0;      ///< seq of the order in the audit
  std::optional<Time> finished;  ///< absent: ordered, and not carried out to the end

  friend bool operator==(const Expiry&, const Expiry&) = default;
};

/// Whether the event goes with age. Links and traits stay: they say who somebody is, not what happened, and later
/// events need them.
[[nodiscard]] inline bool expires(EventType type) noexcept {
  return type == EventType::exposure || type == EventType::event;
}

/// What was let go of an environment since a change, up to a number.
struct ExpiredEvents {
  EventSet events;
  bool whole = true;  ///< false: of one run of numbers more went than up to that one, so that the set is not known
};

}  // namespace touchstone::storage
