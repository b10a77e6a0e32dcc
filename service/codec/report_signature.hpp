#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {

/// What an Ed25519 pair of keys is made of.
using SigningSeed = std::array<unsigned char, 32>;

/// The report with `"signature":"ed25519:PUBLIC:SIGNATURE"` (hex) as its last member, over the RFC 8785 form of all the
/// others: whatever re-formats the document leaves it valid. Precondition: a JSON object without one.
[[nodiscard]] std::string signed_report(std::string report, const SigningSeed& seed);

enum class SignatureState : std::uint8_t {
  ours,     ///< signed under this seed, and nothing was changed since
  foreign,  ///< signed under another, and nothing was changed since
  broken,   ///< something was changed since
  absent,
};

/// Errors: invalid for a document that has no RFC 8785 form.
[[nodiscard]] Result<SignatureState> check_signature(JsonView report, const SigningSeed& seed);
[[nodiscard]] std::string_view word_of(SignatureState state) noexcept;

}  // namespace touchstone::codec
