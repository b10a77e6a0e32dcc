#pragma once

#include <string_view>

#include "assign/result.hpp"
#include "service/codec/json.hpp"
#include "storage/event.hpp"

namespace touchstone::codec {

/// Reads the neutral event log, one JSON object a line: `type` ("exposure" or "event"), `unit_id` (text: a unit of type
/// user), `ts`, `event` (its name), `value`, `experiment` and `variant` (exposures), `attributes` with `event_id`,
/// which becomes the event's id and leaves the attributes. null counts as absent. A line and the native item that says
/// the same give the identical Event. A line of the native form is read as such: it has `unit` instead of `unit_id`.
class EventLogReader {
 public:
  /// Appends the event of one line (without its line feed; a carriage return at the end is white space).
  /// On error nothing is appended; the pointer leads into the line.
  [[nodiscard]] Status read(std::string_view line, storage::EventBatch& to);

 private:
  JsonDocument document_;
};

}  // namespace touchstone::codec
