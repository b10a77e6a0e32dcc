#pragma once

#include <string>

#include "assign/condition.hpp"
#include "assign/program.hpp"
#include "assign/result.hpp"
#include "assign/text_arena.hpp"

namespace touchstone::assign {

/// Reads the operand that `op` asks for into a test; what does not fit inside goes to `programs`. Refuses an operand of
/// another type, one that cannot be read (pattern, instant, version, network) and one over the limits.
[[nodiscard]] Result<Test> compile_operand(Operator op, const Operand& operand, const std::string& pointer,
                                           TextArena& texts, Programs& programs);

}  // namespace touchstone::assign
