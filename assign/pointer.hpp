#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace touchstone::assign {

/// RFC 6901: the pointer to a member of what `parent` points to.
[[nodiscard]] inline std::string child_pointer(std::string_view parent, std::string_view member) {
  std::string pointer(parent);
  pointer += '/';
  for (const char c : member) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

[[nodiscard]] inline std::string child_pointer(std::string_view parent, std::size_t element) {
  return child_pointer(parent, std::to_string(element));
}

}  // namespace touchstone::assign
