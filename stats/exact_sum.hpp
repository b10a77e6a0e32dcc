#pragma once

#include <cstdint>

#include "stats/wide_integer.hpp"

namespace touchstone::stats {

/// The exact sums of one cell for one metric. An amount is the unit's total as a fixed-point integer,
/// llrint(value * 10^decimals), |amount| <= 10^15. Sums never round, so any order, any split into shards and any
/// retraction give the same bits; exact up to 1.7e8 units per cell.
struct Sums {
  std::int64_t n = 0;
  Int128 s1 = 0;  ///< sum of amounts
  Int128 s2 = 0;  ///< sum of squares
  Int256 s3;      ///< sum of cubes

  void add(std::int64_t amount) noexcept;
  void retract(std::int64_t amount) noexcept;
  /// The other way of retract(from) and add(to).
  void change(std::int64_t from, std::int64_t to) noexcept;
  void merge(const Sums& other) noexcept;
  friend bool operator==(const Sums&, const Sums&) = default;
};

/// The exact sums of two amounts of the same unit: value with covariate (CUPED), or numerator with denominator.
struct PairSums {
  Sums y;
  Sums x;
  Int128 xy = 0;  ///< sum of products

  void add(std::int64_t amount_y, std::int64_t amount_x) noexcept;
  void retract(std::int64_t amount_y, std::int64_t amount_x) noexcept;
  void merge(const PairSums& other) noexcept;
  friend bool operator==(const PairSums&, const PairSums&) = default;
};

/// What two amounts of the same unit add up to together, up to the third order: the rest of what linearising a ratio
/// y/x asks for, beside the Sums of each.
struct CrossSums {
  Int128 xy = 0;
  Int256 xyy;
  Int256 xxy;

  void add(std::int64_t amount_y, std::int64_t amount_x) noexcept;
  void retract(std::int64_t amount_y, std::int64_t amount_x) noexcept;
  void merge(const CrossSums& other) noexcept;
  friend bool operator==(const CrossSums&, const CrossSums&) = default;
};

}  // namespace touchstone::stats
