#include "stats/fixed/response.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace touchstone::stats {
namespace {

/// Pearson's chi-square of the 2 x 3 table, by mpmath at 40 digits.
TEST(response, unequal_rates_are_found) {
  const std::vector<std::vector<Proportion>> one{{{100, 1000}, {150, 1000}, {60, 500}}};
  const ResponseBalance balance = response_balance(one);
  EXPECT_EQ(balance.status, Status::ok);
  EXPECT_EQ(balance.df, 2);
  EXPECT_NEAR(balance.chi2, 11.599646486964207, 1e-12);
  EXPECT_NEAR(balance.p.p, 0.0030280899327078799, 1e-15);
}

TEST(response, strata_add_up) {
  const std::vector<Proportion> arms{{100, 1000}, {150, 1000}, {60, 500}};
  const ResponseBalance once = response_balance(std::vector<std::vector<Proportion>>{arms});
  const ResponseBalance twice = response_balance(std::vector<std::vector<Proportion>>{arms, arms});
  EXPECT_EQ(twice.chi2, 2 * once.chi2);
  EXPECT_EQ(twice.df, 4);
}

TEST(response, without_answers_or_with_all_of_them_nothing_is_compared) {
  EXPECT_EQ(response_balance({}).status, Status::no_data);
  EXPECT_EQ(response_balance(std::vector<std::vector<Proportion>>{{{0, 10}, {0, 12}}}).status, Status::zero_variance);
  EXPECT_EQ(response_balance(std::vector<std::vector<Proportion>>{{{10, 10}, {12, 12}}}).status, Status::zero_variance);
  EXPECT_TRUE(std::isnan(response_balance(std::vector<std::vector<Proportion>>{{{0, 10}, {0, 12}}}).p.p));
}

/// By hand: a answers 4 of 10 with mean 2.5, b 8 of 10; half of b's answers go. Its best four have mean 4.5, its worst
/// four 2.
TEST(response, the_surplus_is_taken_off_at_either_end) {
  const Answers a{10, {{1, 1}, {2, 1}, {3, 1}, {4, 1}}};
  const Answers b{10, {{1, 1}, {2, 2}, {3, 1}, {4, 2}, {5, 2}}};
  const Interval bounds = trimming_bounds(a, b);
  EXPECT_DOUBLE_EQ(bounds.low, 2.0 - 2.5);
  EXPECT_DOUBLE_EQ(bounds.high, 4.5 - 2.5);
  const Interval turned = trimming_bounds(b, a);
  EXPECT_DOUBLE_EQ(turned.low, -bounds.high);
  EXPECT_DOUBLE_EQ(turned.high, -bounds.low);
}

TEST(response, equal_rates_leave_the_difference_as_it_is) {
  const Interval bounds = trimming_bounds({20, {{0, 5}, {10, 5}}}, {10, {{0, 1}, {10, 4}}});
  EXPECT_DOUBLE_EQ(bounds.low, 3);
  EXPECT_DOUBLE_EQ(bounds.high, 3);
  EXPECT_FALSE(trimming_bounds({20, {}}, {10, {{0, 1}}}).known());
}

}  // namespace
}  // namespace touchstone::stats
