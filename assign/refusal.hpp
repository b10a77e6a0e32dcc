#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "assign/key.hpp"
#include "assign/result.hpp"
#include "assign/slots.hpp"

namespace touchstone::assign {

/// The checks that every part of a snapshot document shares, each with the words of its refusal.

[[nodiscard]] inline Error refusal(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

[[nodiscard]] inline Error leads_nowhere(std::string pointer) {
  return refusal(std::move(pointer), "the program leads nowhere", "import it again");
}

[[nodiscard]] inline Status check_key(std::string_view key, std::string pointer) {
  if (valid_key(key)) return ok();
  return refusal(std::move(pointer), "this is not a key",
                 "1 to 128 letters, digits, dots, underscores and dashes, a letter or digit first");
}

[[nodiscard]] inline Status check_salt(std::string_view salt, std::string pointer) {
  if (valid_salt(salt)) return ok();
  return refusal(std::move(pointer), "this is not a salt", "exactly 23 random letters, digits, underscores and dashes");
}

template <class Range>
[[nodiscard]] Status check_ranges(const std::vector<Range>& ranges, std::string pointer) {
  if (well_formed(std::span<const Range>(ranges))) return ok();
  return refusal(std::move(pointer), "these are not slot ranges",
                 "[begin, end) inside 0 to 1000000, sorted, apart and not empty");
}

}  // namespace touchstone::assign
