#pragma once

#include <string_view>

#include "assign/result.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::codec {

/// Reads a body of POST /ofrep/v1/track, which service/api/README.md specifies:
///   {"context"?: {...}, "sentAt"?: time, "events": [{"id"?, "name", "timestamp", "context"?, "details"?,
///    "attributes"?}, ...]}
/// An item named feature_flag.evaluation whose attributes say, in OpenTelemetry's words, that a flag gave the variant
/// of a running experiment is an exposure; any other item is an event. Contexts say who the unit is, and are not kept.
/// The snapshot says which experiment a flag's variant belongs to, and which events expose; `memory` may be null.
/// Errors as those of read_events.
[[nodiscard]] Result<EventBody> read_ofrep_track(std::string_view body, const assign::Snapshot& snapshot,
                                                 const assign::Memory* memory);

}  // namespace touchstone::codec
