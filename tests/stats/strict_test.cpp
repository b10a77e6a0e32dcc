#include "stats/sequential/strict.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/fixed/fisher.hpp"

namespace touchstone::stats {
namespace {

// simulation_anchors_2.json, exact.betting: twelve users in three batches, q = .3, tau = .05.
TEST(strict, arm_betting_follows_the_worked_example) {
  const std::vector<double> values{0, 0, 12.5, 0, 3, 0, 0, 40, 0, 1.5, 0, 7};
  const std::vector<int> arms{0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0};
  const std::vector<double> up{0.32511968286262777, 1.0287446746922488, 0.9214606469163935};
  const std::vector<double> down{-0.341786012134538, -1.0496526667796149, -1.0361350527669808};
  ArmBetting betting(0.05);
  double sum = 0;
  for (std::size_t batch = 0; batch < 3; ++batch) {
    const double centre = batch == 0 ? 0 : sum / static_cast<double>(4 * batch);
    for (std::size_t i = 4 * batch; i < 4 * batch + 4; ++i) {
      betting.add(values[i] - centre, arms[i] == 1, 0.3);
      sum += values[i];
    }
    EXPECT_NEAR(betting.evidence().log_e_up, up[batch], 1e-9);
    EXPECT_NEAR(betting.evidence().log_e_down, down[batch], 1e-9);
  }
}

// What makes it an e-value: over everything a tick can bring, its mean is one.
TEST(strict, the_tilt_mixture_has_mean_one_over_each_ticks_law) {
  double up = 0;
  double down = 0;
  for (std::int64_t x = 0; x <= 12; ++x) {
    ConversionTilt tilt(0.3);
    tilt.add({60, 20, 12, x, 0.5, 0});
    const double mass = std::exp(hypergeometric_log_pmf(static_cast<double>(x), 60, 12, 20));
    up += mass * std::exp(tilt.evidence().log_e_up);
    down += mass * std::exp(tilt.evidence().log_e_down);
  }
  EXPECT_NEAR(up, 1, 1e-12);
  EXPECT_NEAR(down, 1, 1e-12);
}

TEST(strict, the_arm_bet_has_mean_one_over_the_arm) {
  for (const double value : {-30.0, 0.0, 0.7, 250.0}) {
    ArmBetting in_a(0.05);
    ArmBetting in_b(0.05);
    in_a.add(value, false, 0.1);
    in_b.add(value, true, 0.1);
    EXPECT_NEAR(0.9 * std::exp(in_a.evidence().log_e_up) + 0.1 * std::exp(in_b.evidence().log_e_up), 1, 1e-12);
  }
}

}  // namespace
}  // namespace touchstone::stats
