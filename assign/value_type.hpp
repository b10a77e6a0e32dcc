#pragma once

#include <optional>
#include <string_view>

#include "assign/document.hpp"

namespace touchstone::assign {

/// The type's name in documents ("bool", "int", "float", "string", "json"), and back.
[[nodiscard]] std::string_view name_of(ValueType type) noexcept;
[[nodiscard]] std::optional<ValueType> value_type_named(std::string_view name) noexcept;

/// True when JSON text has the form of the type: `true`, an integer of at most 2^53 in magnitude, a number, a text. For
/// `json` anything that is not empty: whether it is JSON was settled when it was read.
[[nodiscard]] bool fits(ValueType type, std::string_view json) noexcept;

}  // namespace touchstone::assign
