#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/caps.hpp"
#include "stats/effect.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/streams.hpp"

/// The confidence sequence on values that are cut anew at each of 25 looks, at a percentile of all who are in by then:
/// it may claim a change that is not there in .05 of the streams at most, and 4.5 binomial standard errors.
namespace touchstone::judge {
namespace {

constexpr int kLooks = 25;
constexpr int kEnter = 160;  // between two looks

struct Tail {
  std::string name;
  double share = 0.5;  ///< of units that enter the treatment
  double sigma = 1.5;
  double payers = 1;
  double percentile = 99;
};

struct Arms {
  std::vector<std::int64_t> amounts[2];
};

void enter(const Tail& tail, simulate::Random& draws, Arms& arms) {
  for (int i = 0; i < kEnter; ++i) {
    const double value = draws.chance(tail.payers) ? draws.lognormal(10, tail.sigma) : 0;
    arms.amounts[draws.chance(tail.share) ? 1 : 0].push_back(std::llround(value * 1e6));
  }
}

stats::Moments cut(const std::vector<std::int64_t>& amounts, std::int64_t cap) {
  stats::Sums sums;
  for (const std::int64_t amount : amounts) sums.add(std::min(amount, cap));
  return stats::moments(sums, 6);
}

bool claims(const Tail& tail, const Arms& arms) {
  std::vector<std::int64_t> all = arms.amounts[0];
  all.insert(all.end(), arms.amounts[1].begin(), arms.amounts[1].end());
  const std::int64_t cap = *at_percentile(all, tail.percentile);
  const stats::MeanStratum now{cut(arms.amounts[0], cap), cut(arms.amounts[1], cap)};
  return stats::always_valid_means({&now, 1}, {0.05, kLooks * kEnter}).absolute.p <= 0.05;
}

bool ever_claims(const Tail& tail, int stream) {
  simulate::Random draws(seed_of(tail.name + "#" + std::to_string(stream)));
  Arms arms;
  bool claimed = false;
  for (int look = 0; look < kLooks && !claimed; ++look) {
    enter(tail, draws, arms);
    claimed = claims(tail, arms);
  }
  return claimed;
}

class MovingCap : public testing::TestWithParam<Tail> {};

TEST_P(MovingCap, KeepsThePromise) {
  int claimed = 0;
  for (int stream = 0; stream < streams(); ++stream) claimed += ever_claims(GetParam(), stream) ? 1 : 0;
  RecordProperty("claimed", claimed);
  EXPECT_LE(claimed, streams() * (0.05 + allowance(0.05, streams())));
}

INSTANTIATE_TEST_SUITE_P(Cells, MovingCap,
                         testing::Values(Tail{"even"}, Tail{"even_heavy", 0.5, 2}, Tail{"small_arm", 0.1},
                                         Tail{"small_arm_heavy", 0.1, 2}, Tail{"few_pay", 0.5, 1.5, 0.1, 99.9},
                                         Tail{"few_pay_small_arm", 0.1, 1.5, 0.1, 99.9}),
                         [](const auto& cell) { return cell.param.name; });

}  // namespace
}  // namespace touchstone::judge
