#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "assign/pointer.hpp"

namespace touchstone::codec {

/// Where a value stands in a document, as a chain on the stack; it becomes a pointer only for an error.
struct Place {
  const Place* outer = nullptr;
  std::string_view key;
  std::optional<std::size_t> index;
};

/// RFC 6901; the outermost place is where `base` points to.
[[nodiscard]] inline std::string pointer_to(const Place& place, std::string_view base = "") {
  if (place.outer == nullptr) return std::string(base);
  const std::string outer = pointer_to(*place.outer, base);
  return place.index ? assign::child_pointer(outer, *place.index) : assign::child_pointer(outer, place.key);
}

}  // namespace touchstone::codec
