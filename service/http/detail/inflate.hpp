#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace touchstone::http {

enum class Inflated : std::uint8_t { whole, malformed, too_large };

/// Inflates a gzip stream of one or more members into `out`, which never grows beyond `limit` bytes. A stream cut
/// short, a wrong checksum and bytes that follow the last member are malformed. Throws std::bad_alloc.
Inflated gunzip(std::string_view gzip, std::size_t limit, std::string& out);

}  // namespace touchstone::http
