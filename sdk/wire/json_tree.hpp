#pragma once

#include <string_view>

#include "assign/json.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// Reads JSON text as plain data, guarded like every document.
[[nodiscard]] Result<assign::Json> read_json(std::string_view json);

}  // namespace touchstone::wire
