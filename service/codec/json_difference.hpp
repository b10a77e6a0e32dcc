#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "service/codec/json.hpp"

namespace touchstone::codec {

/// Where two documents say different things.
struct JsonDifference {
  std::string pointer;  ///< RFC 6901
  std::string one;      ///< what each has there, as JSON; empty where it has nothing
  std::string other;

  friend bool operator==(const JsonDifference&, const JsonDifference&) = default;
};

/// The first `most` of them, down to single values, in the order of `one`. Members are compared by name, elements by
/// place, numbers by value.
[[nodiscard]] std::vector<JsonDifference> differences(JsonView one, JsonView other, std::size_t most);

}  // namespace touchstone::codec
