#pragma once

#include <array>
#include <string>
#include <string_view>

namespace touchstone::codec {

/// How a digest is written: "b2-256:" and 64 lower-case hex digits.
[[nodiscard]] std::string digest_text(const std::array<unsigned char, 32>& digest);

/// BLAKE2b-256 of the bytes, in that form.
[[nodiscard]] std::string digest_of(std::string_view bytes);

}  // namespace touchstone::codec
