#pragma once

#include <string>
#include <string_view>

namespace touchstone::codec {

/// "b2-256:" and 64 lower-case hex digits: BLAKE2b-256 of the bytes.
[[nodiscard]] std::string digest_of(std::string_view bytes);

}  // namespace touchstone::codec
