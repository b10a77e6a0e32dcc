#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "stats/sequential/two_keys.hpp"
#include "stats/sequential/values.hpp"
#include "tests/stats/draws.hpp"

/// A fast subset of the simulations: error and power of the always-valid defaults over 50 looks, against the bars of
/// design/always-valid.md section 7 with 4.5 binomial standard errors.
namespace touchstone::stats {
namespace {

double allowance(double rate, int streams) { return 4.5 * std::sqrt(rate * (1 - rate) / streams); }

struct Cell {
  std::int64_t per_look_a;
  std::int64_t per_look_b;
  double p_a;
  double p_b;
};

std::int64_t conversions_of(Draws& draws, std::int64_t users, double p) {
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < users; ++i) count += draws.uniform() < p ? 1 : 0;
  return count;
}

constexpr int looks = 50;

double share_declared(const Cell& cell, std::uint64_t seed, int streams) {
  Draws draws(seed);
  int declared = 0;
  for (int stream = 0; stream < streams; ++stream) {
    ConversionWalk walk({0.05, 0});
    bool stopped = false;
    for (int k = 1; k <= looks && !stopped; ++k) {
      const std::int64_t in_b = conversions_of(draws, cell.per_look_b, cell.p_b);
      const std::int64_t all = in_b + conversions_of(draws, cell.per_look_a, cell.p_a);
      walk.advance({cell.per_look_a + cell.per_look_b, cell.per_look_b, all, in_b, static_cast<double>(k) / looks, 0});
      stopped = walk.side() != Side::none;
    }
    declared += stopped ? 1 : 0;
  }
  return static_cast<double>(declared) / streams;
}

TEST(false_alarms, conversions_keep_their_error_at_any_split) {
  constexpr int streams = 1000;
  EXPECT_LE(share_declared({50, 50, 0.05, 0.05}, 11, streams), 0.05 + allowance(0.05, streams));
  EXPECT_LE(share_declared({90, 10, 0.05, 0.05}, 12, streams), 0.05 + allowance(0.05, streams));
  EXPECT_LE(share_declared({95, 5, 0.2, 0.2}, 13, streams), 0.05 + allowance(0.05, streams));
}

// Difference / own-variance standard error = 3.6 at the horizon of 2500 + 2500 users: (.0746 - .05)/.00683.
TEST(false_alarms, conversions_find_what_they_should) {
  constexpr int streams = 500;
  EXPECT_GE(share_declared({50, 50, 0.05, 0.0746}, 14, streams), 0.83 - allowance(0.83, streams));
}

template <class Value>
double share_declared_values(std::int64_t per_look_a, std::int64_t per_look_b, const Value& value, std::uint64_t seed,
                             int streams) {
  Draws draws(seed);
  int declared_streams = 0;
  const double before = boundary_log_threshold(0.05, 500);
  const auto group = [&](std::int64_t n) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < n; ++i) values.push_back(std::invoke(value, draws));
    return moments(values);
  };
  for (int stream = 0; stream < streams; ++stream) {
    MeanStratum total;
    bool stopped = false;
    for (int k = 1; k <= looks && !stopped; ++k) {
      total = {merge(total.a, group(per_look_a)), merge(total.b, group(per_look_b))};
      const Keys seen = keys(std::vector{total});
      stopped = declared(seen, boundary_critical(static_cast<double>(k) / looks, before)) != 0;
    }
    declared_streams += stopped ? 1 : 0;
  }
  return static_cast<double>(declared_streams) / streams;
}

TEST(false_alarms, values_keep_their_error_with_heavy_tails_and_a_small_arm) {
  constexpr int streams = 600;
  const auto lognormal = [](Draws& draws) { return std::exp(1.5 * draws.normal()); };
  const auto payers = [](Draws& draws) { return draws.uniform() < 0.05 ? std::exp(1.5 * draws.normal()) : 0.0; };
  EXPECT_LE(share_declared_values(20, 20, &Draws::normal, 21, streams), 0.05 + allowance(0.05, streams));
  EXPECT_LE(share_declared_values(36, 4, lognormal, 22, streams), 0.05 + allowance(0.05, streams));
  EXPECT_LE(share_declared_values(38, 2, payers, 23, streams), 0.05 + allowance(0.05, streams));
}

}  // namespace
}  // namespace touchstone::stats
