#pragma once

#include <array>
#include <cstddef>
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

  Int256& operator+=(const Int256& other) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
      const UInt128 sum = static_cast<UInt128>(limbs[i]) + other.limbs[i] + carry;
      limbs[i] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64U);
    }
    return *this;
  }
  Int256& operator-=(const Int256& other) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
      const UInt128 difference = static_cast<UInt128>(limbs[i]) - other.limbs[i] - borrow;
      limbs[i] = static_cast<std::uint64_t>(difference);
      borrow = static_cast<std::uint64_t>(difference >> 64U) & 1U;
    }
    return *this;
  }
  [[nodiscard]] Int256 operator-() const noexcept { return Int256() -= *this; }
  [[nodiscard]] bool negative() const noexcept { return (limbs[3] >> 63U) != 0; }
  [[nodiscard]] bool zero() const noexcept { return limbs == std::array<std::uint64_t, 4>{}; }

  friend Int256 operator+(Int256 a, const Int256& b) noexcept { return a += b; }
  friend Int256 operator-(Int256 a, const Int256& b) noexcept { return a -= b; }
  friend Int256 operator*(const Int256& a, const Int256& b) noexcept;
  friend bool operator==(const Int256&, const Int256&) = default;
};

/// a b, for |a b| < 2^191.
[[nodiscard]] Int256 product(Int128 a, std::int64_t b) noexcept;

/// numerator / denominator rounded once to the nearest double (ties to even). denominator > 0.
[[nodiscard]] double ratio(const Int256& numerator, const Int256& denominator) noexcept;

}  // namespace touchstone::stats
