#pragma once

#include <vector>

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/experiment.hpp"

namespace touchstone::codec {

/// The variants inside an experiment's document: weights brought to slots, exactly one control, keys unique.
bool read_variants(const Field& field, std::vector<storage::Variant>& into);
void write_variant(JsonWriter& out, const storage::Variant& variant);

}  // namespace touchstone::codec
