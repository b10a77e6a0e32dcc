#include "stats/posterior.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "stats/multiplicity.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

std::vector<BetaPosterior> beta_arms(std::uint64_t seed, std::size_t n) {
  Draws draws(seed);
  std::vector<BetaPosterior> arms;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t units = draws.between(0, 20000);
    arms.push_back(posterior(Proportion{draws.between(0, units / 4), units}));
  }
  return arms;
}

TEST(posterior, best_of_two_is_the_comparison) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::vector<BetaPosterior> arms = beta_arms(seed, 2);
    const PosteriorComparison pair = compare(arms[0], arms[1]);
    const BestOfMany best = best_of_many(arms);
    EXPECT_NEAR(best.chance_best[1], pair.better.p, 1e-11);
    EXPECT_NEAR(best.expected_loss[1], pair.loss_b, 1e-12);
    EXPECT_NEAR(best.expected_loss[0], pair.loss_a, 1e-12);
  }
}

TEST(posterior, swapping_arms_swaps_the_answers) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::vector<BetaPosterior> arms = beta_arms(seed, 2);
    const PosteriorComparison forth = compare(arms[0], arms[1]);
    const PosteriorComparison back = compare(arms[1], arms[0]);
    EXPECT_NEAR(forth.better.log10_p, back.worse.log10_p, 1e-9);
    EXPECT_NEAR(forth.loss_a, back.loss_b, 1e-13);
    EXPECT_NEAR(forth.better.p + forth.worse.p, 1, 1e-12);
    EXPECT_NEAR(forth.loss_a - forth.loss_b, forth.difference, 1e-13);
  }
}

TEST(posterior, chances_of_many_arms_add_to_one_in_any_order) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    std::vector<BetaPosterior> arms = beta_arms(seed, 6);
    const BestOfMany best = best_of_many(arms);
    EXPECT_NEAR(std::accumulate(best.chance_best.begin(), best.chance_best.end(), 0.0), 1, 1e-10);
    std::swap(arms[0], arms[5]);
    EXPECT_NEAR(best_of_many(arms).chance_best[5], best.chance_best[0], 1e-12);
  }
}

// Far apart, where they meet reaches beyond the mean of the skewed arm. SciPy 1.17, betainc on 28,001 points of the
// logit.
TEST(posterior, losses_far_out_exist_beside_a_skewed_arm) {
  const PosteriorComparison found = compare(posterior(Proportion{400, 2054}), posterior(Proportion{1335, 20166}));
  EXPECT_NEAR(found.better.log10_p, -72.45165664724482, 1e-6);
  EXPECT_NEAR(std::log10(found.loss_a), -75.97803533035977, 1e-6);
}

// Across the distance at which another way of computing takes over. mpmath 1.3 with 40 digits, the integral in 61 steps
// over sixteen widths of the logit.
TEST(posterior, arms_far_apart_are_compared_to_ten_digits_at_any_size) {
  struct Case {
    std::int64_t low;
    std::int64_t high;
    std::int64_t units;
    double log10_p;
    double log10_loss;
  };
  for (const Case& each : {Case{5000, 5850, 100'000, -16.6315771242483637, -20.5614252874329124},
                           Case{5000, 5900, 100'000, -18.435789201262561, -22.387415695064664},
                           Case{50'000'000, 50'060'000, 100'000'000, -16.9681995257982753, -22.0588328128299948},
                           Case{50'000'000, 50'065'000, 100'000'000, -19.7164648168308952, -24.840237636234219},
                           Case{50'000'000, 50'070'000, 100'000'000, -22.6794684760984574, -27.8341219718159667},
                           Case{50'000'000, 50'120'000, 100'000'000, -64.1687914151822936, -69.5519783234482615}}) {
    const PosteriorComparison found =
        compare(posterior(Proportion{each.low, each.units}), posterior(Proportion{each.high, each.units}));
    EXPECT_NEAR(found.worse.log10_p, each.log10_p, 4e-11) << each.high;
    EXPECT_NEAR(std::log10(found.loss_b), each.log10_loss, 4e-11) << each.high;
  }
}

TEST(posterior, normal_arms_agree_with_their_closed_form) {
  const NormalPosterior a{1.0, 0.3};
  const NormalPosterior b{1.4, 0.5};
  const PosteriorComparison pair = compare(a, b);
  const BestOfMany best = best_of_many(std::vector<NormalPosterior>{a, b});
  EXPECT_NEAR(best.chance_best[1], pair.better.p, 1e-12);
  EXPECT_NEAR(best.expected_loss[0], pair.loss_a, 1e-12);
}

TEST(posterior, what_cannot_be_compared_is_said_by_name) {
  const NormalPosterior point{1, 0};
  EXPECT_EQ(compare(point, point).status, Status::zero_variance);
  EXPECT_EQ(compare(NormalPosterior{}, point).status, Status::no_data);
  EXPECT_EQ(best_of_many(std::vector<NormalPosterior>{point, point}).status, Status::zero_variance);
  EXPECT_EQ(best_of_many(std::vector<NormalPosterior>{}).status, Status::no_data);
  EXPECT_EQ(best_of_many(std::vector<BetaPosterior>{}).status, Status::no_data);
  EXPECT_TRUE(std::isnan(top_two_weights(std::vector<NormalPosterior>{point, point})[0]));
}

TEST(multiplicity, what_is_not_computable_is_not_a_test) {
  const std::vector<double> with_gap{0.01, undefined, 0.04};
  const std::vector<double> without{0.01, 0.04};
  for (const auto adjust : {bonferroni, sidak, holm, hochberg, benjamini_hochberg, benjamini_yekutieli}) {
    const std::vector<double> adjusted = adjust(with_gap);
    EXPECT_TRUE(std::isnan(adjusted[1]));
    EXPECT_EQ(adjusted[0], adjust(without)[0]);
    EXPECT_EQ(adjusted[2], adjust(without)[1]);
  }
}

}  // namespace
}  // namespace touchstone::stats
