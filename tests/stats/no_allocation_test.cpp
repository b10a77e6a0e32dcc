#include <cstddef>

#include <gtest/gtest.h>

#include "stats/effect.hpp"
#include "stats/fixed/cuped.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/two_keys.hpp"
#include "tests/counting_allocator.hpp"

namespace touchstone::stats {
namespace {

constexpr Moments control{50'000, 10, 9'000'000, 4e8, 0};
constexpr Moments treatment{49'000, 10.1, 9'100'000, 4e8, 0};

template <class Row>
std::size_t allocations_of(const Row& row) {
  const std::size_t before = tests::allocations();
  static_cast<void>(row());
  return tests::allocations() - before;
}

TEST(Rows, AllocateNothing) {
  const MeanStratum means{control, treatment};
  const ProportionStratum rates{{5'000, 100'000}, {5'200, 100'000}};
  const PairMoments a{control, treatment, 1'000};
  const PairMoments b{treatment, control, 2'000};
  EXPECT_EQ(allocations_of([&] { return welch(control, treatment); }), 0U);
  EXPECT_EQ(allocations_of([&] { return compare_means({&means, 1}, 0.05); }), 0U);
  EXPECT_EQ(allocations_of([&] { return compare_proportions({&rates, 1}, 0.05); }), 0U);
  EXPECT_EQ(allocations_of([&] { return always_valid_means({&means, 1}, {}); }), 0U);
  EXPECT_EQ(allocations_of([&] { return always_valid_proportions({&rates, 1}, {}); }), 0U);
  EXPECT_EQ(allocations_of([&] { return keys({&means, 1}); }), 0U);
  EXPECT_EQ(allocations_of([&] { return keys_difference_interval({&means, 1}, 2.5); }), 0U);
  EXPECT_EQ(allocations_of([&] { return adjust(a, b, 0.1, 0.1, 0.05); }), 0U);
  EXPECT_EQ(allocations_of([&] { return compare_ratios(a, b, 0.05); }), 0U);
  EXPECT_EQ(allocations_of([&] { return judge(posterior(0.02, 0.01, {0, 0.1}), 0.01); }), 0U);
  EXPECT_EQ(allocations_of([&] { return compare(NormalPosterior{1, 0.1}, NormalPosterior{1.1, 0.1}); }), 0U);
}

}  // namespace
}  // namespace touchstone::stats
