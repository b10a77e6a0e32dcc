#pragma once

#include <optional>
#include <string_view>

namespace touchstone::assign {

/// Takes one code point off the front of `text`. Nothing when the bytes there are not well-formed UTF-8 (overlong
/// forms, surrogates, values above U+10FFFF and truncated sequences are refused); `text` is then left as it was.
/// Precondition: `text` is not empty.
[[nodiscard]] std::optional<char32_t> next_code_point(std::string_view& text) noexcept;

/// Whether all bytes of `text` are below 0x80.
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// Whether all of `text` is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace touchstone::assign
