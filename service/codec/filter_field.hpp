#pragma once

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/event_filter.hpp"

namespace touchstone::codec {

/// A field reader: `[[property, operator, operand], ...]`, at most 16 tests that must all hold. Operators: is (a text,
/// number or bool), in (a list of at most 100 of them), lt, le, gt, ge (a number), exists (a bool).
bool read_filter(const Field& field, storage::EventFilter& into);

void write_filter(JsonWriter& out, const storage::EventFilter& filter);

}  // namespace touchstone::codec
