#pragma once

#include <string>
#include <string_view>

#include "assign/condition.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// Reads `{"all":[...]}`, `{"any":[...]}`, `{"not":c}`, `{"segment":k}` or `[attribute, operator, operand]`. Refuses
/// unknown operators, wrong shapes and duplicate members; the error's pointer starts with `pointer`. Whether operands
/// make sense is for assign::check to say.
[[nodiscard]] Result<assign::Condition> read_condition(std::string_view json, std::string_view pointer = "");

/// The same condition always gives the same bytes.
[[nodiscard]] std::string write_condition(const assign::Condition& condition);

/// Reads a segment: a condition, or a list of ids as `{"list":{"unit":"user","ids":["u1"]}}`.
[[nodiscard]] Result<assign::Segment> read_segment(std::string_view json, std::string_view pointer = "");
[[nodiscard]] std::string write_segment(const assign::Segment& segment);

}  // namespace touchstone::wire
