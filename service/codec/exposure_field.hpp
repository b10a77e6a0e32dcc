#pragma once

#include "assign/document.hpp"
#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

/// A field reader: who tells that a unit met its variant: "evaluate", "client", or {"event": name, "filter": condition
/// over its properties}.
bool read_exposure(const Field& field, assign::ExposureDocument& into);

void write_exposure(JsonWriter& out, const assign::ExposureDocument& exposure);

}  // namespace touchstone::codec
