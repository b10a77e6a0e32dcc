#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "assign/instant.hpp"
#include "service/fast/signed_text.hpp"

namespace touchstone::fast {

/// Leave to listen to the changes of an environment's configuration until an instant, and to nothing else: for those
/// who cannot show a key in a header, as browsers' EventSource. It names no key.
struct StreamLeave {
  std::uint32_t environment = 0;
  assign::Instant expires{};  ///< to the second

  friend bool operator==(const StreamLeave&, const StreamLeave&) = default;
};

[[nodiscard]] std::string write_stream_token(const SigningKey& key, const StreamLeave& leave);

/// A token for an answer that carries one: for 30 days at least, and the same for a day, so that answers which differ
/// in nothing else are the same.
[[nodiscard]] std::string stream_token(const SigningKey& key, std::uint32_t environment, assign::Instant now);

/// What the token lets its holder do; nothing where it was not made under this key, or has expired.
[[nodiscard]] std::optional<StreamLeave> read_stream_token(const SigningKey& key, assign::Instant now,
                                                           std::string_view token) noexcept;

}  // namespace touchstone::fast
