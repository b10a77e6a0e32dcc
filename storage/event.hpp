#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "assign/text_arena.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

enum class EventType : std::uint8_t { exposure = 0, event = 1, link = 2, traits = 3 };

/// Who: unit type key and id, both compared byte by byte.
struct UnitRef {
  std::string_view type;
  std::string_view id;

  friend bool operator==(const UnitRef&, const UnitRef&) = default;
  friend auto operator<=>(const UnitRef&, const UnitRef&) = default;
};

/// One thing that a unit did, said or met, as sent. Views point into the EventBatch that holds it.
struct Event {
  EventType type = EventType::event;
  std::string_view id;  ///< the client's id; empty = identified by its content
  UnitRef unit;
  Time ts{};                         ///< as sent
  std::string_view name;             ///< type event: its name; the neutral log's exposures may carry one too
  std::string_view experiment;       ///< type exposure
  std::string_view variant;          ///< type exposure
  std::uint64_t config_version = 0;  ///< type exposure; 0 = not sent
  UnitRef to;                        ///< type link
  std::optional<double> value;       ///< finite, |v| <= 1e15
  std::string_view attributes;       ///< attributes or properties: canonical JSON object (RFC 8785), empty = none
  std::string_view channel;
  std::string_view touchpoint;
};

/// An event that is in the journal.
struct StoredEvent {
  Event event;
  std::uint64_t seq = 0;  ///< order of acceptance; gaps stay after an erasure
  Time te{};              ///< effective time, fixed at first acceptance
  Time received{};
  std::uint32_t key = 0;  ///< id of the API key that brought it, 0 = none
};

/// Events with the text they point into.
struct EventBatch {
  std::vector<Event> events;
  assign::TextArena text;
};

struct StoredBatch {
  std::vector<StoredEvent> events;
  assign::TextArena text;
};

/// What became of one item of a batch. Storage refuses items of erased units and those
/// that are older than what is kept; what else is refused never reaches it.
enum class EventVerdict : std::uint8_t { stored, duplicate, quarantined, refused };

struct ItemVerdict {
  EventVerdict verdict = EventVerdict::stored;
  bool conflict = false;  ///< duplicate of an event that was stored with other content
  bool expired = false;   ///< refused: older than what is kept; else its unit is erased
};

}  // namespace touchstone::storage
