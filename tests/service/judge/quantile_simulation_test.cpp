#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/simulate/random.hpp"
#include "stats/fixed/quantile_difference.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/streams.hpp"

/// Quantiles of units' events at each of 20 looks: the confidence sequence may claim a change that is not there in .05
/// of the streams at most, and 4.5 binomial standard errors.
namespace touchstone::judge {
namespace {

constexpr int kLooks = 20;
constexpr int kEnter = 200;  // between two looks

enum class Law { load, heavy, answers, rounded };
enum class Cluster { single, alike, uneven };

struct Cell {
  std::string name;
  double which = 0.9;
  double share = 0.5;  ///< of units that enter the treatment
  Law law = Law::load;
  Cluster cluster = Cluster::alike;
  double slower = 1;  ///< times as long in treatment
};

/// Standard normal in, an amount out: milliseconds, lognormal with sigma 2 in thousandths, 1 to 5, hundreds.
std::int64_t amount(Law law, double z, double slower) {
  switch (law) {
    case Law::load:
      return std::llround(800 * slower * std::exp(0.6 * z));
    case Law::heavy:
      return std::llround(1e6 * slower * std::exp(2 * z));
    case Law::answers:
      return z < -1 ? 1 : z < -0.3 ? 2 : z < 0.4 ? 3 : z < 1.3 ? 4 : 5;
    case Law::rounded:
      return 100 * std::llround(8 * slower * std::exp(0.6 * z));
  }
  throw std::invalid_argument("a law of unknown kind");
}

/// One; one to six; a lognormal number of a few to hundreds.
std::uint64_t events(Cluster cluster, simulate::Random& draws) {
  if (cluster == Cluster::single) return 1;
  if (cluster == Cluster::alike) return 1 + draws.below(6);
  return static_cast<std::uint64_t>(std::min(500.0, draws.lognormal(2.7, 1.2)));
}

double likeness(Cluster cluster) { return cluster == Cluster::uneven ? 0.8 : 0.5; }

struct Arms {
  std::array<stats::EventSample, 2> of;

  [[nodiscard]] stats::Effect always_valid(double which) const {
    return judged(which, [](const auto& arms) {
      return stats::always_valid_quantiles(arms, {0.05, kLooks * kEnter}, 1);
    });
  }
  [[nodiscard]] stats::Effect one_look(double which) const {
    return judged(which, [](const auto& arms) { return stats::compare_quantiles(arms, 0.05, 1); });
  }

 private:
  template <class Judge>
  [[nodiscard]] stats::Effect judged(double which, Judge&& judge) const {
    const stats::SortedEvents a(of[0]);
    const stats::SortedEvents b(of[1]);
    const stats::QuantileStratum now{&a, &b};
    return judge(stats::quantile_arms(which, {&now, 1}));
  }
};

void enter(const Cell& cell, simulate::Random& draws, Arms& arms, int units) {
  for (int i = 0; i < units; ++i) {
    const bool b = draws.chance(cell.share);
    const double own = draws.normal();
    const double alike = likeness(cell.cluster);
    std::vector<std::int64_t> unit(events(cell.cluster, draws));
    for (std::int64_t& each : unit)
      each = amount(cell.law, std::sqrt(alike) * own + std::sqrt(1 - alike) * draws.normal(), b ? cell.slower : 1);
    arms.of[b ? 1 : 0].add(unit);
  }
}

bool claims(const stats::Effect& found) { return found.absolute.p <= 0.05; }

bool ever_claims(const Cell& cell, int stream) {
  simulate::Random draws(seed_of(cell.name + "#" + std::to_string(stream)));
  Arms arms;
  bool claimed = false;
  for (int look = 0; look < kLooks && !claimed; ++look) {
    enter(cell, draws, arms, kEnter);
    claimed = claims(arms.always_valid(cell.which));
  }
  return claimed;
}

int ever_claimed(const Cell& cell) {
  int claimed = 0;
  for (int stream = 0; stream < streams(); ++stream) claimed += ever_claims(cell, stream) ? 1 : 0;
  testing::Test::RecordProperty("claimed", claimed);
  return claimed;
}

class MovingQuantile : public testing::TestWithParam<Cell> {};

TEST_P(MovingQuantile, KeepsThePromise) {
  EXPECT_LE(ever_claimed(GetParam()), streams() * (0.05 + allowance(0.05, streams())));
}

INSTANTIATE_TEST_SUITE_P(Cells, MovingQuantile,
                         testing::Values(Cell{"p50", 0.5}, Cell{"p90"}, Cell{"p99", 0.99},
                                         Cell{"p50_small_arm_uneven", 0.5, 0.1, Law::load, Cluster::uneven},
                                         Cell{"p90_small_arm_uneven", 0.9, 0.1, Law::load, Cluster::uneven},
                                         Cell{"p99_small_arm_uneven", 0.99, 0.1, Law::load, Cluster::uneven},
                                         Cell{"p50_heavy", 0.5, 0.5, Law::heavy, Cluster::single},
                                         Cell{"p90_heavy", 0.9, 0.5, Law::heavy, Cluster::single},
                                         Cell{"p99_heavy_small_arm", 0.99, 0.1, Law::heavy, Cluster::single},
                                         Cell{"p50_answers", 0.5, 0.5, Law::answers},
                                         Cell{"p90_answers", 0.9, 0.1, Law::answers},
                                         Cell{"p90_rounded", 0.9, 0.5, Law::rounded, Cluster::uneven},
                                         Cell{"p99_rounded_small_arm", 0.99, 0.1, Law::rounded, Cluster::uneven}),
                         [](const auto& cell) { return cell.param.name; });

/// What it finds: a tenth slower is seen of the median and the 90th percentile of 4,000 units in most streams, of the
/// 99th percentile in few.
TEST(MovingQuantilePower, IsThatOfTheEventsBeyondIt) {
  const auto found = [](const Cell& cell) { return ever_claimed(cell) / static_cast<double>(streams()); };
  EXPECT_GT(found({"power_p50", 0.5, 0.5, Law::load, Cluster::alike, 1.1}), 0.8);
  EXPECT_GT(found({"power_p90", 0.9, 0.5, Law::load, Cluster::alike, 1.1}), 0.6);
  EXPECT_LT(found({"power_p99", 0.99, 0.5, Law::load, Cluster::alike, 1.1}), 0.6);
}

/// A single look at 2,000 units.
class OneLookAtAQuantile : public testing::TestWithParam<Cell> {};

TEST_P(OneLookAtAQuantile, ErrsAsOftenAsItSays) {
  const Cell& cell = GetParam();
  int claimed = 0;
  const int all = 4 * streams();
  for (int stream = 0; stream < all; ++stream) {
    simulate::Random draws(seed_of("one_look_" + cell.name + "#" + std::to_string(stream)));
    Arms arms;
    enter(cell, draws, arms, 2'000);
    claimed += claims(arms.one_look(cell.which)) ? 1 : 0;
  }
  RecordProperty("claimed", claimed);
  EXPECT_LE(claimed, all * (0.05 + allowance(0.05, all)));
}

INSTANTIATE_TEST_SUITE_P(Cells, OneLookAtAQuantile,
                         testing::Values(Cell{"p50", 0.5}, Cell{"p90"}, Cell{"p99", 0.99},
                                         Cell{"p90_small_arm", 0.9, 0.1}, Cell{"p90_heavy", 0.9, 0.5, Law::heavy},
                                         Cell{"p90_uneven", 0.9, 0.5, Law::load, Cluster::uneven},
                                         Cell{"p50_answers", 0.5, 0.5, Law::answers}),
                         [](const auto& cell) { return cell.param.name; });

}  // namespace
}  // namespace touchstone::judge
