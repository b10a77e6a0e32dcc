#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::wire {

/// Error invalid where `key` is not base64 of 16 bytes.
[[nodiscard]] Status check_growthbook_key(std::string_view key);

/// The text as an encrypted GrowthBook payload, which decrypt_growthbook reads: each time under an initial vector of
/// its own. Throws std::invalid_argument for a key that is none, std::runtime_error where the cipher fails.
[[nodiscard]] std::string encrypt_growthbook(std::string_view text, std::string_view key);

}  // namespace touchstone::wire
