#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace touchstone::codec {

/// Cuts JSON texts at their outermost level without reading what is inside, so that each piece can be read, measured
/// and refused alone. Quotes and brackets are matched, nothing else is checked: every piece must be read strictly
/// after.

struct CutMember {
  std::string_view key;  ///< as written between its quotes
  std::string_view value;
};

/// Without white space (RFC 8259) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// The first value of a text that starts with it; up to the end where it never closes.
[[nodiscard]] std::string_view first_value(std::string_view text) noexcept;

/// The elements of an array that takes the whole text; nothing where what stands between them is not an array's.
[[nodiscard]] std::optional<std::vector<std::string_view>> cut_array(std::string_view text);

/// The members of an object that takes the whole text.
[[nodiscard]] std::optional<std::vector<CutMember>> cut_object(std::string_view text);

/// The lines that are not blank, trimmed.
[[nodiscard]] std::vector<std::string_view> cut_lines(std::string_view text);

}  // namespace touchstone::codec
