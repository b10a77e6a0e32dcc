#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace touchstone::http {

struct Target {
  std::string_view path;   ///< decoded
  std::string_view query;  ///< as sent, without '?'
};

/// Reads an origin-form request target. The path is percent-decoded exactly once, into `scratch` where there is
/// anything to decode, and must be plain after it: starts with one '/', no empty or dot segments, no backslash, ';',
/// '#' or control character, valid UTF-8, and no '/' that was encoded. Empty where it is not.
std::optional<Target> read_target(std::string_view raw, std::string& scratch);

}  // namespace touchstone::http
