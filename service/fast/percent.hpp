#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::fast {

/// Appends the text that a name or value of a query stands for: percent-encoded UTF-8, + is a space (in a path: a +).
/// Refuses a % without two hex digits and bytes that are not UTF-8 (error invalid, no pointer).
[[nodiscard]] Status append_decoded(std::string& out, std::string_view encoded, char plus = ' ');

/// Takes the next `name=value` off the front of a query; both still encoded, the value empty where there is no '='.
struct EncodedParameter {
  std::string_view name;
  std::string_view value;
};
[[nodiscard]] EncodedParameter take_parameter(std::string_view& query) noexcept;

}  // namespace touchstone::fast
