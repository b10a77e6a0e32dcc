#pragma once

#include <string_view>

namespace touchstone::assign {

/// True for a key of the data model: `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`.
[[nodiscard]] bool valid_key(std::string_view key) noexcept;

/// True for a native salt: exactly 23 characters of `[A-Za-z0-9_-]`. With its separator such a salt is six whole
/// MurmurHash blocks, so that it can be mixed once at publish.
[[nodiscard]] bool valid_salt(std::string_view salt) noexcept;

}  // namespace touchstone::assign
