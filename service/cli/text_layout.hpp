#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace touchstone::cli {

/// Columns that a text takes on a terminal: one per code point, none for terminal attributes.
[[nodiscard]] std::size_t columns_of(std::string_view text) noexcept;

/// The text with spaces behind (before) it up to `columns`; longer texts stay as they are.
[[nodiscard]] std::string left_in(std::string_view text, std::size_t columns);
[[nodiscard]] std::string right_in(std::string_view text, std::size_t columns);

/// The text broken at spaces, never before a %, so that no line exceeds `width` where a space allows it; every line,
/// the first excepted, starts with `indent` spaces, and a line feed ends the last. The first is taken to stand at
/// `indent`.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace touchstone::cli
