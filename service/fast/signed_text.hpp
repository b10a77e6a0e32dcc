#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchstone::fast {

/// What signs the tokens of one purpose; the server's own.
using SigningKey = std::array<unsigned char, 32>;

inline constexpr std::size_t kSignatureBytes = 32;

/// Bytes with their signature as a token of [A-Za-z0-9_-]: readable by anybody, made by whoever has the key alone
/// (HMAC-SHA-512-256).
[[nodiscard]] std::string sign(const SigningKey& key, std::string bytes);

/// The bytes of a token that was signed under this key, in `room`; nothing for any other text, and for what does not
/// fit with its signature.
[[nodiscard]] std::optional<std::span<const unsigned char>> verified(const SigningKey& key, std::string_view token,
                                                                     std::span<unsigned char> room) noexcept;

/// Numbers among the bytes, little-endian.
void append_number(std::string& bytes, std::uint64_t number, int size);
[[nodiscard]] std::uint64_t number_at(std::span<const unsigned char> bytes, std::size_t at, int size) noexcept;

}  // namespace touchstone::fast
