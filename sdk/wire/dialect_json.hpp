#pragma once

#include <string>
#include <string_view>

#include "assign/dialect/program.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// A dialect program as a JSON document of its own. Errors point into it, after `pointer`.
[[nodiscard]] Result<assign::dialect::Program> read_dialect(std::string_view json, std::string_view pointer = "");
[[nodiscard]] std::string write_dialect(const assign::dialect::Program& program);

}  // namespace touchstone::wire
