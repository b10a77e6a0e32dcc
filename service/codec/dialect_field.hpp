#pragma once

#include "assign/dialect/program.hpp"
#include "service/codec/field.hpp"

namespace touchstone::codec {

/// Reads how another vendor assigns.
bool read_dialect(const Field& field, assign::dialect::Program& into);

}  // namespace touchstone::codec
