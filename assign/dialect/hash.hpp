#pragma once

#include <cstdint>
#include <string_view>

#include "assign/dialect/program.hpp"

namespace touchstone::assign::dialect {

/// Up to 128 bits; `high` is zero for every hash but md5.
struct Hashed {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

[[nodiscard]] Hashed hash(Hash kind, Encoding encoding, std::uint32_t seed, std::string_view text);

/// The 128-bit number modulo n, exactly. Precondition: n > 0.
[[nodiscard]] std::uint64_t remainder(const Hashed& hashed, std::uint64_t n) noexcept;

}  // namespace touchstone::assign::dialect
