#pragma once

#include <algorithm>
#include <string_view>

#include "service/fast/key_table.hpp"
#include "storage/catalogue.hpp"

namespace touchstone::app {

/// SHA-256 of a random token: all that is kept of it.
[[nodiscard]] inline storage::Digest token_digest(std::string_view token) {
  storage::Digest digest{};
  std::ranges::copy(fast::hash_of_key(token), digest.begin());
  return digest;
}

}  // namespace touchstone::app
