#pragma once

#include <array>
#include <cstdint>

namespace touchstone::stats {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

/// Signed 256-bit integer, two's complement, least significant limb first. Just what exact third moments need: sums
/// and products that never round. Overflow wraps; the callers' ranges (exact_sum.hpp) exclude it.
struct Int256 {
  std::array<std::uint64_t, 4> limbs{};

  Int256() = default;
  Int256(Int128 value) noexcept;  // NOLINT(google-explicit-constructor): widening loses nothing

  Int256& operator+=(const Int256& other) noexcept;
  Int256& operator-=(const Int256& other) noexcept;
  [[nodiscard]] Int256 operator-() const noexcept;
  [[nodiscard]] bool negative() const noexcept { return (limbs[3] >> 63U) != 0; }
  [[nodiscard]] bool zero() const noexcept { return limbs == std::array<std::uint64_t, 4>{}; }

  friend Int256 operator+(Int256 a, const Int256& b) noexcept { return a += b; }
  friend Int256 operator-(Int256 a, const Int256& b) noexcept { return a -= b; }
  friend Int256 operator*(const Int256& a, const Int256& b) noexcept;
  friend bool operator==(const Int256&, const Int256&) = default;
};

/// numerator / denominator rounded once to the nearest double (ties to even). denominator > 0.
[[nodiscard]] double ratio(const Int256& numerator, const Int256& denominator) noexcept;

}  // namespace touchstone::stats
