#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "assign/attribute.hpp"
#include "assign/decision.hpp"

namespace touchstone::assign {

struct Tables;

/// The value that a flag gave, as conditions read attributes: a flag, a number or a text; nothing for objects, lists
/// and null, and for no value.
[[nodiscard]] std::optional<Value> given_value(const Tables& tables, const Decision& decision) noexcept;

/// The text that a JSON text with its quotes stands for.
[[nodiscard]] std::string unescaped(std::string_view json);

}  // namespace touchstone::assign
