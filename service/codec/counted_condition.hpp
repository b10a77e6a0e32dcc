#pragma once

#include <string_view>

#include "assign/condition.hpp"
#include "assign/result.hpp"

namespace touchstone::codec {

/// `{"when": condition}`: of whom it is asked how many there are.
[[nodiscard]] Result<assign::Condition> read_counted_condition(std::string_view json);

}  // namespace touchstone::codec
