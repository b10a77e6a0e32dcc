#include "stats/wide_integer.hpp"

#include <bit>
#include <cmath>
#include <cstddef>

namespace touchstone::stats {
namespace {

constexpr std::size_t limb_count = 4;

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

// What is left of a dividend times 2^64: one limb more than it, two's complement.
class Remainder {
 public:
  explicit Remainder(const Int256& dividend) noexcept {
    for (std::size_t i = 0; i < limb_count; ++i) limbs_[i + 1] = dividend.limbs[i];
  }

  void subtract(const Int256& divisor, std::uint64_t times) noexcept {
    UInt128 product = 0;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i <= limb_count; ++i) {
      if (i < limb_count) product += static_cast<UInt128>(divisor.limbs[i]) * times;
      const UInt128 lost = static_cast<UInt128>(static_cast<std::uint64_t>(product)) + borrow;
      borrow = limbs_[i] < lost ? 1 : 0;
      limbs_[i] -= static_cast<std::uint64_t>(lost);
      product >>= 64U;
    }
  }

  void add(const Int256& divisor) noexcept {
    UInt128 carry = 0;
    for (std::size_t i = 0; i <= limb_count; ++i) {
      carry += limbs_[i];
      if (i < limb_count) carry += divisor.limbs[i];
      limbs_[i] = static_cast<std::uint64_t>(carry);
      carry >>= 64U;
    }
  }

  [[nodiscard]] bool negative() const noexcept { return (limbs_[limb_count] >> 63U) != 0; }
  [[nodiscard]] bool zero() const noexcept { return limbs_ == std::array<std::uint64_t, limb_count + 1>{}; }

 private:
  std::array<std::uint64_t, limb_count + 1> limbs_{};
};

// The leading quotient bits of numerator / denominator, 63 or 64 of them; `exponent` scales them back. The last bit is
// set when anything remains, which makes the one rounding to double exact. One step of schoolbook division in base 2^64
// (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D): the first guess is at most two too large.
std::uint64_t leading_quotient(const Int256& numerator, const Int256& denominator, int& exponent) noexcept {
  const int numerator_bits = bit_length(numerator);
  const int denominator_bits = bit_length(denominator);
  const Int256 divisor = shifted_left(denominator, 256 - denominator_bits);
  const Int256 dividend = shifted_left(numerator, 255 - numerator_bits);
  const UInt128 top = static_cast<UInt128>(dividend.limbs[3]) << 64U | dividend.limbs[2];
  auto quotient = static_cast<std::uint64_t>(top / divisor.limbs[3]);
  Remainder rest(dividend);
  rest.subtract(divisor, quotient);
  for (; rest.negative(); --quotient) rest.add(divisor);
  exponent = numerator_bits - denominator_bits - 63;
  return rest.zero() ? quotient : quotient | 1U;
}

}  // namespace

Int256::Int256(Int128 value) noexcept {
  const auto bits = static_cast<UInt128>(value);
  const std::uint64_t sign = value < 0 ? ~std::uint64_t{0} : 0;
  limbs = {static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64U), sign, sign};
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

Int256 product(Int128 a, std::int64_t b) noexcept {
  const auto magnitude = a < 0 ? -static_cast<UInt128>(a) : static_cast<UInt128>(a);
  const auto times = b < 0 ? -static_cast<std::uint64_t>(b) : static_cast<std::uint64_t>(b);
  const UInt128 low = static_cast<UInt128>(static_cast<std::uint64_t>(magnitude)) * times;
  const UInt128 high = (magnitude >> 64U) * times + (low >> 64U);
  Int256 result;
  result.limbs = {static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high),
                  static_cast<std::uint64_t>(high >> 64U), 0};
  return (a < 0) == (b < 0) ? result : -result;
}

double ratio(const Int256& numerator, const Int256& denominator) noexcept {
  if (numerator.zero()) return 0;
  if (numerator.negative()) return -ratio(-numerator, denominator);
  int exponent = 0;
  const std::uint64_t quotient = leading_quotient(numerator, denominator, exponent);
  return std::ldexp(static_cast<double>(quotient), exponent);
}

}  // namespace touchstone::stats
