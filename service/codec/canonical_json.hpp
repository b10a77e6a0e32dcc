#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {

/// RFC 8785 (JCS): no white space, members sorted by the UTF-16 code units of their names, numbers as ECMAScript writes
/// doubles, only the escapes that must be. Equal data give equal bytes. An integer that no double holds exactly
/// (beyond 2^53) is refused, because its canonical form would be another number; the canonical form of a canonical form
/// is itself.
[[nodiscard]] Result<std::string> canonical_json(std::string_view json);

/// The same for a value that was read. The error's pointer starts with `pointer`; `out` then holds a part of the text.
[[nodiscard]] Status append_canonical(std::string& out, JsonView value, std::string_view pointer = "");

}  // namespace touchstone::codec
