#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::wire {

/// The text of an encrypted GrowthBook payload: base64 of the initial vector, a dot, base64 of AES-128-CBC under a
/// base64 key.
[[nodiscard]] Result<std::string> decrypt_growthbook(std::string_view encrypted, std::string_view key);

}  // namespace touchstone::wire
