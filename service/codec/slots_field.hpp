#pragma once

#include "assign/slots.hpp"
#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

/// Reads `[[begin, end), ...]`: at most 1,000 ranges of slots, sorted, disjoint and not empty.
bool read_ranges(const Field& field, assign::SlotRanges& into);

void write_ranges(JsonWriter& out, const assign::SlotRanges& ranges);

}  // namespace touchstone::codec
