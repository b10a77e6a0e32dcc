#pragma once

#include "assign/result.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

/// Writes `{"pointer", "detail", "hint"}`, the form of one error wherever a document shows one.
void write_fault(JsonWriter& out, const Error& error);

}  // namespace touchstone::codec
