#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/event.hpp"

namespace touchstone::codec {

/// Limits of what a client may send (DATA-MODEL, Event).
struct EventLimits {
  static constexpr std::size_t id = 128;       ///< bytes
  static constexpr std::size_t item = 32'768;  ///< bytes of its JSON text
  static constexpr std::size_t items = 1'000;  ///< of one body
  static constexpr std::size_t text = 128;     ///< bytes of channel and touchpoint
  static constexpr double value = 1e15;        ///< largest magnitude
};

/// An item that is not an event: its place among the items and what is wrong with it. The pointer leads into the body:
/// "/3/ts", "/events/3/ts"; lines of NDJSON count as elements of an array.
struct RefusedItem {
  std::uint32_t position = 0;
  Error error;
};

/// A body of /v1/events that was read: accepted items in their order, with the text they point into, and the others.
struct EventBody {
  storage::EventBatch batch;
  std::vector<RefusedItem> refused;  ///< by position
  std::optional<Time> sent_at;
  std::vector<storage::Event> exposures{};  ///< what the events mean beside themselves: no items, and without a verdict

  [[nodiscard]] std::size_t items() const noexcept { return batch.events.size() + refused.size(); }
};

/// Reads a JSON array of events, NDJSON (one event a line, blank lines skipped), one event, or
/// `{"sent_at": time, "events": [...]}`. Members of an item, by type:
///   exposure  id, type, unit, ts, experiment, variant [, config_version, name, attributes, channel, touchpoint]
///   event     id, type, unit, ts, name [, value, properties or attributes, channel, touchpoint]
///   link      id, type, unit, ts, to
///   traits    id, type, unit, ts, attributes
/// `id` may be left out; `unit` as text means type "user". Any other member is refused, and so is null.
/// The whole body is refused only if it cannot be read: not JSON, no item that is JSON, too many items, `sent_at` bad.
/// Nothing of the result points into `body`.
[[nodiscard]] Result<EventBody> read_events(std::string_view body);

/// The event as its item of /v1/events, canonical (RFC 8785): reading it gives the same event again.
[[nodiscard]] std::string write_event(const storage::Event& event);

/// `{"event": item, "seq", "te", "received", "key"}`: the same with what was fixed as it was stored.
[[nodiscard]] std::string write_stored_event(const storage::StoredEvent& stored);

/// The word of a type: "exposure", "event", "link", "traits".
[[nodiscard]] std::string_view name_of(storage::EventType type) noexcept;

/// The answer to a batch: totals and one verdict per item, in the order of the items. `verdicts` are those of
/// `body.batch.events`, in their order; refused items come from the body itself.
[[nodiscard]] std::string write_verdicts(const EventBody& body, std::span<const storage::ItemVerdict> verdicts);

/// The word of a verdict: "stored", "duplicate", "quarantined", "refused".
[[nodiscard]] std::string_view name_of(storage::EventVerdict verdict) noexcept;

}  // namespace touchstone::codec
