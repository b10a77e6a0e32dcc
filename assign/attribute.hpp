#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "assign/same_text.hpp"

namespace touchstone::assign {

/// What is known about a unit under one name. Dates, versions and addresses travel as text and are read by the
/// operator that asks for them. All of it views the caller's memory; nothing is copied on the way to a decision.
using Value = std::variant<bool, double, std::string_view, std::span<const std::string_view>>;

struct Attribute {
  std::string_view key;
  Value value;
};

/// A small flat list; where a key occurs twice the first one counts.
using Attributes = std::span<const Attribute>;

/// The value under `key`, or null where the attribute is missing.
[[nodiscard]] inline const Value* find(Attributes attributes, std::string_view key) noexcept {
  for (const auto& attribute : attributes)
    if (same_text(attribute.key, key)) return &attribute.value;
  return nullptr;
}

}  // namespace touchstone::assign
