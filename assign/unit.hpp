#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace touchstone::assign {

/// Who is randomised: an id of a type ("user", "device", "account", "session" or a type of one's own).
/// Both members view the caller's bytes. Ids are compared byte by byte: never trimmed, folded or normalised.
struct Unit {
  std::string_view type;
  std::string_view id;

  friend bool operator==(const Unit&, const Unit&) = default;
};

inline constexpr std::size_t longest_unit_id = 256;

/// True for 1 to 256 bytes of well-formed UTF-8 without control characters (U+0000-001F, U+007F-009F).
/// A separator of 0x1F between salt and id is therefore unambiguous.
[[nodiscard]] bool valid_unit_id(std::string_view id) noexcept;

}  // namespace touchstone::assign
