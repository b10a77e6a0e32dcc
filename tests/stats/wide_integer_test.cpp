// The quotient of wide integers beside Boost.Multiprecision's integers, rounded by the rule of IEEE 754 itself.

#include "stats/wide_integer.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

using boost::multiprecision::cpp_int;

cpp_int plain(const Int256& value) {
  cpp_int sum = 0;
  for (std::size_t i = value.limbs.size(); i-- > 0;) sum = (sum << 64) + value.limbs[i];
  return sum;
}

/// The double nearest to n / d, the even one of two: its whole number of units in the last place, by comparing twice
/// the remainder with the divisor.
double nearest(const cpp_int& n, const cpp_int& d) {
  if (n == 0) return 0;
  int exponent = static_cast<int>(msb(n)) - static_cast<int>(msb(d)) - 53;
  const auto units = [&] { return exponent < 0 ? cpp_int((n << -exponent) / d) : cpp_int(n / (d << exponent)); };
  while (msb(units()) > 52) ++exponent;
  const cpp_int whole = units();
  const cpp_int rest = exponent < 0 ? cpp_int((n << -exponent) - whole * d) : cpp_int(n - whole * (d << exponent));
  const cpp_int twice = 2 * rest;
  const cpp_int unit = exponent < 0 ? d : cpp_int(d << exponent);
  const bool up = twice > unit || (twice == unit && (whole & 1) != 0);
  return std::ldexp(static_cast<double>(static_cast<std::uint64_t>(whole)) + (up ? 1 : 0), exponent);
}

/// A positive integer of up to `bits` bits; often with long runs of zeros or ones, where quotients are guessed wrong.
Int256 drawn(Draws& draws, int bits) {
  Int256 value;
  for (std::uint64_t& limb : value.limbs) {
    const std::int64_t form = draws.between(0, 3);
    limb = form == 0 ? 0 : form == 1 ? ~std::uint64_t{0} : draws.bits();
  }
  for (int bit = 255; bit >= bits; --bit)
    value.limbs[static_cast<std::size_t>(bit / 64)] &= ~(std::uint64_t{1} << (bit % 64));
  return value.zero() ? Int256(1) : value;
}

TEST(wide_integer, are_divided_and_rounded_once) {
  Draws draws(11);
  for (int i = 0; i < 200'000; ++i) {
    const Int256 n = drawn(draws, static_cast<int>(draws.between(1, 255)));
    const Int256 d = drawn(draws, static_cast<int>(draws.between(1, 255)));
    const double expected = nearest(plain(n), plain(d));
    ASSERT_EQ(ratio(n, d), expected) << plain(n) << " / " << plain(d);
    ASSERT_EQ(ratio(-n, d), -expected);
  }
}

TEST(wide_integer, ratio_rounds_once_to_the_nearest_double) {
  const Int256 one(1);
  const Int256 shift(Int128{1} << 100U);
  EXPECT_EQ(ratio(Int256((Int128{1} << 53U) + 1), one), 0x1p53);
  EXPECT_EQ(ratio(Int256((Int128{1} << 53U) + 3), one), 0x1p53 + 4);
  EXPECT_EQ(ratio(Int256((Int128{1} << 53U) + 1) * shift + one, shift), 0x1p53 + 2);
  EXPECT_EQ(ratio(one, Int256(3)), 1.0 / 3);
  EXPECT_EQ(ratio(Int256(-7) * shift * shift, Int256(9) * shift), -7.0 / 9 * 0x1p100);
  EXPECT_EQ(ratio(Int256{}, one), 0.0);
}

TEST(wide_integer, products_are_those_of_plain_integers) {
  Draws draws(12);
  for (int i = 0; i < 10'000; ++i) {
    const auto a =
        static_cast<Int128>(static_cast<std::int64_t>(draws.bits())) * draws.between(-(1LL << 61), 1LL << 61);
    const auto b = static_cast<std::int64_t>(draws.bits()) >> draws.between(0, 63);
    ASSERT_EQ(product(a, b), Int256(a) * Int256(b));
  }
  EXPECT_EQ(product(-3, INT64_MIN), Int256(Int128{3} << 63));
}

TEST(wide_integer, arithmetic_wraps_around_zero) {
  const Int256 big = Int256(Int128{1} << 120U) * Int256(Int128{1} << 120U);
  EXPECT_EQ(big - big, Int256{});
  EXPECT_TRUE((-big).negative());
  EXPECT_EQ(-(-big), big);
  EXPECT_EQ(Int256(-5) * Int256(-6), Int256(30));
  EXPECT_TRUE((big - big).zero());
}

// The first guess of the quotient is two too large here, and must come down twice.
TEST(wide_integer, of_a_small_first_limb_before_large_ones) {
  Int256 divisor;
  divisor.limbs = {~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 62U};
  Int256 dividend;
  dividend.limbs = {0, 0, ~std::uint64_t{0}, (std::uint64_t{1} << 62U) - 1};
  EXPECT_EQ(ratio(dividend, divisor), nearest(plain(dividend), plain(divisor)));
}

}  // namespace
}  // namespace touchstone::stats
