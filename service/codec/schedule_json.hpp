#pragma once

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/experiment.hpp"

namespace touchstone::codec {

/// Reads `{"start"?: time or null, "stop"?: time or null}`, null for none of it; what is not named stays.
[[nodiscard]] bool read_schedule(const Field& field, storage::Schedule& into, Source source);

/// The member "schedule", with "missed": {"start", "because"}, where there is anything to say.
void write_schedule(JsonWriter& out, const storage::Schedule& schedule);

}  // namespace touchstone::codec
