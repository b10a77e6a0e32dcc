#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/moments.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

Sums sums_of(const std::vector<std::int64_t>& amounts) {
  Sums sums;
  for (const std::int64_t amount : amounts) sums.add(amount);
  return sums;
}

std::vector<std::int64_t> amounts(std::uint64_t seed, std::size_t n, std::int64_t limit) {
  Draws draws(seed);
  std::vector<std::int64_t> values(n);
  for (std::int64_t& value : values) value = draws.between(-limit, limit);
  return values;
}

TEST(exact_sum, any_order_and_any_shards_give_the_same_bits) {
  std::vector<std::int64_t> values = amounts(1, 1000, 1'000'000'000'000'000);
  const Sums whole = sums_of(values);
  std::reverse(values.begin(), values.end());
  Sums merged = sums_of({values.begin(), values.begin() + 300});
  merged.merge(sums_of({values.begin() + 300, values.end()}));
  EXPECT_EQ(whole, merged);
}

TEST(exact_sum, a_retracted_unit_leaves_no_trace) {
  const std::vector<std::int64_t> values = amounts(2, 100, 1'000'000'000'000'000);
  Sums sums = sums_of(values);
  const Sums before = sums;
  sums.add(-987'654'321'012'345);
  sums.retract(-987'654'321'012'345);
  EXPECT_EQ(before, sums);
  for (const std::int64_t value : values) sums.retract(value);
  EXPECT_EQ(sums, Sums{});
}

TEST(exact_sum, another_amount_is_the_old_one_less_and_the_new_one_more) {
  const std::vector<std::int64_t> values = amounts(3, 100, 1'000'000'000'000'000);
  Sums changed = sums_of(values);
  Sums replaced = changed;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    changed.change(values[i], values[i + 1]);
    replaced.retract(values[i]);
    replaced.add(values[i + 1]);
    ASSERT_EQ(changed, replaced);
  }
}

TEST(exact_sum, pairs_keep_their_product) {
  PairSums pair;
  pair.add(3, 5);
  pair.add(-7, 11);
  PairSums other;
  other.add(2, -2);
  pair.merge(other);
  EXPECT_TRUE(pair.xy == Int128{15 - 77 - 4});
  pair.retract(-7, 11);
  pair.retract(2, -2);
  pair.retract(3, 5);
  EXPECT_EQ(pair, PairSums{});
}

// 4, 7, 13, 16 around their mean 10: -6, -3, 3, 6.
TEST(exact_sum, moments_far_from_zero_keep_every_digit) {
  Sums sums;
  for (const std::int64_t value : {4, 7, 13, 17}) sums.add(900'000'000'000'000 + value);
  const Moments exact = moments(sums, 0);
  EXPECT_EQ(exact.mean, 900'000'000'000'010.25);
  EXPECT_EQ(exact.m2, 102.75);
  // -6.25^3 - 3.25^3 + 2.75^3 + 6.75^3
  EXPECT_EQ(exact.m3, 49.875);
}

TEST(exact_sum, decimals_scale_each_moment) {
  const std::vector<std::int64_t> values{1'500'000, 2'250'000, -4'000'000};
  const Moments fixed = moments(sums_of(values), 6);
  const Moments raw = moments(std::vector<double>{1.5, 2.25, -4.0});
  EXPECT_DOUBLE_EQ(fixed.mean, raw.mean);
  EXPECT_DOUBLE_EQ(fixed.m2, raw.m2);
  EXPECT_NEAR(fixed.m3, raw.m3, 1e-12);
}

TEST(exact_sum, an_empty_cell_has_empty_moments) {
  EXPECT_EQ(moments(Sums{}, 6).n, 0);
  EXPECT_EQ(moments(PairSums{}, 6, 6).y.n, 0);
}

TEST(exact_sum, cross_moment_is_exact) {
  PairSums pair;
  pair.add(1'000'000'000'000, 5);
  pair.add(1'000'000'000'002, 9);
  EXPECT_EQ(moments(pair, 0, 0).cxy, 4.0);  // (-1)(-2) + (1)(2)
}

// Ties go to even: 2^53 + 1 lies between two doubles, 2^54 + 6 above the middle of two.
// Table moments_from_raw, header: any split into shards and merge must give the same.
TEST(moments, merging_shards_equals_the_whole) {
  Draws draws(7);
  std::vector<double> values(500);
  for (double& value : values) value = 1e6 + 10 * draws.uniform() * draws.uniform();
  const Moments whole = moments(values);
  Moments merged;
  for (std::size_t i = 0; i < values.size(); i += 50) {
    merged = merge(merged, moments(std::span(values).subspan(i, 50)));
  }
  EXPECT_EQ(merged.n, whole.n);
  EXPECT_NEAR(merged.mean, whole.mean, 1e-9);
  EXPECT_NEAR(merged.m2 / whole.m2, 1, 1e-10);
  EXPECT_NEAR(merged.m3 / whole.m3, 1, 1e-8);
  EXPECT_EQ(merge(whole, {}).m2, whole.m2);
}

TEST(moments, shift_and_scale_move_what_they_must) {
  const Moments group = moments(std::vector<double>{1, 2, 6});
  const Moments moved = shifted(group, 10);
  EXPECT_EQ(moved.mean, 13);
  EXPECT_EQ(moved.m2, group.m2);
  const Moments twice = scaled(group, -2);
  EXPECT_EQ(twice.mean, -6);
  EXPECT_EQ(twice.m2, 4 * group.m2);
  EXPECT_EQ(twice.m3, -8 * group.m3);
}

TEST(moments, a_variance_needs_two_units) {
  EXPECT_TRUE(std::isnan(moments(std::vector<double>{5}).variance()));
  EXPECT_EQ(moments(std::vector<double>{5, 7}).mean_variance(), 1.0);
}

}  // namespace
}  // namespace touchstone::stats
