#pragma once

#include <cstdint>
#include <string_view>

namespace touchstone::api {

/// RFC 9110, section 8.8.3.2: strongly, a weak tag (W/"...") equals nothing; weakly, its W/ does not count.
enum class Compared : std::uint8_t { strongly, weakly };

/// Whether the list of an If-Match or If-None-Match header names `etag`, which is strong. `*` names every one.
[[nodiscard]] bool names_etag(std::string_view list, std::string_view etag, Compared compared) noexcept;

}  // namespace touchstone::api
