#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

/// Argon2id as libsodium's crypto_pwhash_str does it: 2 passes over 64 MiB, some tens of milliseconds of one core.
/// Never on an event loop: see api::Hashing.
namespace touchstone::app {

inline constexpr std::size_t kShortestPassword = 12;    ///< characters
inline constexpr std::size_t kLongestPassword = 1'000;  ///< bytes

/// Error invalid, at /password, for one that is too short, too long, or somebody's own name or address.
[[nodiscard]] Status check_password(std::string_view password, std::string_view email, std::string_view name);

/// With a salt of its own and what it was made with. Error unavailable where memory is short.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);

/// Takes the same time for an empty hash, which no password fits.
[[nodiscard]] bool verify_password(const std::string& hash, std::string_view password);

}  // namespace touchstone::app
