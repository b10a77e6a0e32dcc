#pragma once

#include "assign/condition.hpp"
#include "service/codec/field.hpp"

namespace touchstone::codec {

/// A field reader for conditions.
bool read_condition(const Field& field, assign::Condition& into);

}  // namespace touchstone::codec
