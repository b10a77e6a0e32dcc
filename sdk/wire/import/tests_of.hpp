#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "assign/condition.hpp"

namespace touchstone::wire::import {

using Node = nlohmann::json;

/// Conditions that several vendors share.

/// The attribute is there, and the condition does not hold.
[[nodiscard]] assign::Condition there_but_not(const std::string& attribute, assign::Condition condition);

/// The attribute is one of the values: texts and numbers as they are written.
[[nodiscard]] assign::Condition one_of(const std::string& attribute, const Node& values);

/// One of the operands fits.
[[nodiscard]] assign::Condition any_operand(const std::string& attribute, assign::Operator op, const Node& operands);

/// The unit of the type has one of the ids.
[[nodiscard]] assign::Condition is_unit(const std::string& unit, const Node& ids);

/// A number or a text that is one; CannotCarry for others.
[[nodiscard]] double number_in(const Node& value);
[[nodiscard]] std::string text_in(const Node& value);

}  // namespace touchstone::wire::import
