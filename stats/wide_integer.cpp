#include "stats/wide_integer.hpp"

#include <bit>
#include <cmath>
#include <cstddef>

namespace touchstone::stats {
namespace {

constexpr std::size_t limb_count = 4;
constexpr int quotient_bits = 64;  // more than the 53 of a double, so that the remainder only breaks ties

int bit_length(const Int256& value) noexcept {
  std::size_t top = limb_count - 1;
  while (top > 0 && value.limbs[top] == 0) --top;
  return static_cast<int>(64 * top + std::bit_width(value.limbs[top]));
}

Int256 shifted_left(const Int256& value, int bits) noexcept {
  const auto words = static_cast<std::size_t>(bits / 64);
  const auto rest = static_cast<unsigned>(bits % 64);
  Int256 result;
  for (std::size_t i = limb_count; i-- > words;) {
    result.limbs[i] = value.limbs[i - words] << rest;
    if (rest != 0 && i > words) result.limbs[i] |= value.limbs[i - words - 1] >> (64 - rest);
  }
  return result;
}

// Both are magnitudes below 2^255, so the difference's sign bit is the comparison.
bool less(const Int256& a, const Int256& b) noexcept { return (a - b).negative(); }

// The leading quotient bits of numerator / denominator by restoring division; `exponent` scales them back. The last bit
// is set when anything remains, which makes the one rounding to double exact.
std::uint64_t leading_quotient(Int256 numerator, Int256 denominator, int& exponent) noexcept {
  const int difference = bit_length(numerator) - bit_length(denominator);
  if (difference > 0) denominator = shifted_left(denominator, difference);
  if (difference < 0) numerator = shifted_left(numerator, -difference);
  std::uint64_t quotient = 0;
  for (int i = 0; i < quotient_bits; ++i) {
    quotient <<= 1U;
    if (!less(numerator, denominator)) {
      numerator -= denominator;
      quotient |= 1U;
    }
    numerator = shifted_left(numerator, 1);
  }
  exponent = difference - (quotient_bits - 1);
  return numerator.zero() ? quotient : quotient | 1U;
}

}  // namespace

Int256::Int256(Int128 value) noexcept {
  const auto bits = static_cast<UInt128>(value);
  const std::uint64_t sign = value < 0 ? ~std::uint64_t{0} : 0;
  limbs = {static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64U), sign, sign};
}

Int256& Int256::operator+=(const Int256& other) noexcept {
  UInt128 carry = 0;
  for (std::size_t i = 0; i < limb_count; ++i) {
    carry += static_cast<UInt128>(limbs[i]) + other.limbs[i];
    limbs[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64U;
  }
  return *this;
}

Int256& Int256::operator-=(const Int256& other) noexcept { return *this += -other; }

Int256 Int256::operator-() const noexcept {
  Int256 complement;
  for (std::size_t i = 0; i < limb_count; ++i) complement.limbs[i] = ~limbs[i];
  return complement += Int256(1);
}

Int256 operator*(const Int256& a, const Int256& b) noexcept {
  Int256 product;
  for (std::size_t i = 0; i < limb_count; ++i) {
    UInt128 carry = 0;
    for (std::size_t j = 0; i + j < limb_count; ++j) {
      carry += static_cast<UInt128>(a.limbs[i]) * b.limbs[j] + product.limbs[i + j];
      product.limbs[i + j] = static_cast<std::uint64_t>(carry);
      carry >>= 64U;
    }
  }
  return product;
}

double ratio(const Int256& numerator, const Int256& denominator) noexcept {
  if (numerator.zero()) return 0;
  if (numerator.negative()) return -ratio(-numerator, denominator);
  int exponent = 0;
  const std::uint64_t quotient = leading_quotient(numerator, denominator, exponent);
  return std::ldexp(static_cast<double>(quotient), exponent);
}

}  // namespace touchstone::stats
