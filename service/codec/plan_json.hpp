#pragma once

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/plan.hpp"

namespace touchstone::codec {

/// The plan inside an experiment's document; see experiment_json.hpp.
bool read_plan(const Field& field, storage::Plan& into, Source source);
void write_plan(JsonWriter& out, const storage::Plan& plan);

/// As a member "method".
void write_method(JsonWriter& out, const storage::MethodRef& method);

/// "corrections", where they are not the usual ones.
void write_corrections(JsonWriter& out, const storage::Corrections& corrections);

/// "segments", where there are any.
void write_segments(JsonWriter& out, const std::vector<storage::PlannedSegment>& segments);

}  // namespace touchstone::codec
