// How often anything stands out where nothing is: no more than is promised, also with small shares, rare outcomes and
// skewed amounts. And what is there is found.

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/interactions.hpp"
#include "service/simulate/random.hpp"

namespace touchstone::judge {
namespace {

using simulate::Random;

struct World {
  const char* name;
  UnitNumber units;
  double share;        ///< of the treatment, here
  double other_share;  ///< and in the others
  double buying;
  double lift;         ///< of buying, by either treatment, relative; no interaction, as both are added
  double spread;       ///< of the logarithm of what is spent; 0: that somebody buys is all that counts
  double interaction;  ///< of buying, relative, where both treatments meet
  int others;
  int times;
};
void PrintTo(const World& world, std::ostream* out) { *out << world.name; }

storage::Experiment of_two(std::string key) {
  storage::Experiment made;
  made.key = std::move(key);
  made.variants.resize(2);
  made.variants[0] = {.key = "control", .name = "", .control = true, .weight = 500'000, .values = {}};
  made.variants[1].key = "treatment";
  made.phases.resize(1);
  return made;
}

std::vector<MetUnit> assigned(const World& world, double share, Random& random) {
  std::vector<MetUnit> met;
  for (UnitNumber person = 0; person < world.units; ++person)
    met.push_back({person, static_cast<std::uint16_t>(random.chance(share) ? 1 : 0), 0});
  return met;
}

std::int64_t spent(const World& world, Random& random) {
  return world.spread == 0 ? 1 : std::llrint(random.lognormal(50, world.spread));
}

/// The first of the others has an effect of its own.
Interactions found_in(const World& world, Random& random) {
  constexpr std::array keys = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                               "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};
  const auto first = assigned(world, world.other_share, random);
  GoalUnits own;
  own.experiment = of_two("checkout");
  own.goals.emplace_back().key = "purchase";
  own.units = assigned(world, world.share, random);
  for (UnitNumber person = 0; person < world.units; ++person) {
    const int here = own.units[person].variant;
    const int there = first[person].variant;
    const double buying = world.buying * (1 + world.lift * (here + there) + world.interaction * here * there);
    own.amounts.push_back(random.chance(buying) ? spent(world, random) : 0);
  }
  InteractionFinder finder(std::move(own));
  finder.look_at(of_two(keys[0]), first);
  for (int other = 1; other < world.others; ++other)
    finder.look_at(of_two(keys.at(static_cast<std::size_t>(other))), assigned(world, world.other_share, random));
  return std::move(finder).found();
}

int worlds_with_any(const World& world) {
  Random random(20'261'124);
  int any = 0;
  for (int i = 0; i < world.times; ++i)
    any += std::ranges::any_of(found_in(world, random).others, [](const OtherExperiment& other) {
      return other.dependent || other.rows[0].stands_out;
    });
  return any;
}

class WithoutInteractions : public testing::TestWithParam<World> {};

TEST_P(WithoutInteractions, FewStandOut) {
  const World& world = GetParam();
  const double promised = kInteractionRate + kDependenceLimit;
  const int any = worlds_with_any(world);
  RecordProperty("share", std::to_string(static_cast<double>(any) / world.times));
  EXPECT_LE(any, world.times * (promised + 3 * std::sqrt(promised * (1 - promised) / world.times)));
}

constexpr World kEven{"even", 600, .5, .5, .2, 0, 0, 0, 3, 1'000};
constexpr World kTenth{"a_tenth", 3'000, .1, .1, .05, 0, 0, 0, 3, 1'000};
constexpr World kTenthRare{"a_tenth_rare", 10'000, .1, .1, .02, 0, 0, 0, 3, 500};
constexpr World kTwentieth{"a_twentieth", 12'000, .05, .05, .05, 0, 0, 0, 3, 500};
constexpr World kMany{"a_twentieth_of_twenty", 12'000, .05, .05, .05, 0, 0, 0, 20, 200};
constexpr World kHundredth{"a_hundredth_of_them", 40'000, .1, .01, .02, 0, 0, 0, 3, 200};
constexpr World kVeryRare{"very_rare", 2'000, .5, .5, .005, 0, 0, 0, 3, 1'000};
constexpr World kEffects{"effects", 20'000, .1, .1, .02, .5, 0, 0, 3, 400};
constexpr World kDoubled{"doubled", 20'000, .1, .1, .02, 1, 0, 0, 20, 200};
constexpr World kHalved{"halved", 20'000, .1, .1, .04, -.4, 0, 0, 3, 400};
constexpr World kSkewed{"skewed", 6'000, .1, .1, .05, 0, 1, 0, 3, 500};
constexpr World kVerySkewed{"very_skewed", 10'000, .5, .1, .05, 0, 2, 0, 3, 500};
constexpr World kSkewedEffects{"skewed_effects", 20'000, .1, .1, .05, .5, 1, 0, 3, 400};

INSTANTIATE_TEST_SUITE_P(InteractionsSimulation, WithoutInteractions,
                         testing::Values(kEven, kTenth, kTenthRare, kTwentieth, kMany, kHundredth, kVeryRare, kEffects,
                                         kDoubled, kHalved, kSkewed, kVerySkewed, kSkewedEffects),
                         [](const auto& world) { return world.param.name; });

class WithAnInteraction : public testing::TestWithParam<World> {};

TEST_P(WithAnInteraction, ItStandsOut) {
  const World& world = GetParam();
  EXPECT_GE(worlds_with_any(world), world.times * 9 / 10);
}

constexpr World kEvenPair{"even", 40'000, .5, .5, .02, 0, 0, .75, 3, 100};
constexpr World kSmallPair{"a_tenth", 100'000, .1, .1, .04, 0, 0, 1, 3, 100};
constexpr World kSmallLoss{"a_tenth_loses", 100'000, .1, .1, .04, 0, 0, -.8, 3, 100};
constexpr World kSkewedPair{"skewed", 40'000, .5, .5, .05, .1, 1, 1, 3, 100};

INSTANTIATE_TEST_SUITE_P(InteractionsSimulation, WithAnInteraction,
                         testing::Values(kEvenPair, kSmallPair, kSmallLoss, kSkewedPair),
                         [](const auto& world) { return world.param.name; });

}  // namespace
}  // namespace touchstone::judge
