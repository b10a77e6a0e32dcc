#pragma once

#include <functional>
#include <string>

namespace touchstone::app {

/// 23 random characters of [A-Za-z0-9_-]: a salt of the native scheme.
[[nodiscard]] std::string new_salt();

/// Where salts come from. A simulation names its own, so that the same seed gives the same assignments.
using SaltSource = std::function<std::string()>;

/// 43 random characters of the same alphabet, 256 bits: the secret part of keys and tokens.
[[nodiscard]] std::string new_secret();

}  // namespace touchstone::app
