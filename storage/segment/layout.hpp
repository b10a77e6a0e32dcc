#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace touchstone::storage::segment {

inline constexpr std::string_view kMagic = "TSJ1";
inline constexpr std::uint16_t kFormat = 1;
inline constexpr std::size_t kHeaderSize = 28;
inline constexpr std::size_t kDirectoryEntrySize = 12;

enum class Column : std::uint16_t {
  seq = 1,
  type = 2,
  te = 3,
  ts_offset = 4,
  received = 5,
  id = 6,
  unit = 7,
  name = 8,
  exposure = 9,
  value = 10,
  attributes = 11,
  channel = 12,
  key = 13,
};

enum class Encoding : std::uint16_t { raw = 0, delta = 1, dictionary = 2, bitmap = 3 };

}  // namespace touchstone::storage::segment
