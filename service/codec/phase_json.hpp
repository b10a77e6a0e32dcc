#pragma once

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/experiment.hpp"

namespace touchstone::codec {

/// A phase inside an experiment's document: `{"number", "started_at", "ended_at"?, "enrolling", "entry": [[begin,
/// end)], "slots": [[begin, end, variant)], "weights"}`. Only the server makes phases.
bool read_phase(const Field& field, storage::Phase& into);
void write_phase(JsonWriter& out, const storage::Phase& phase);

}  // namespace touchstone::codec
