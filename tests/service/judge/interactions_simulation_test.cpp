// How often anything stands out where nothing is, with even shares and frequent outcomes: no more than is promised.
// Small shares with rare outcomes do not keep it (service/judge/README.md).

#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/interactions.hpp"
#include "service/simulate/random.hpp"

namespace touchstone::judge {
namespace {

storage::Experiment of_two(std::string key) {
  storage::Experiment made;
  made.key = std::move(key);
  made.variants.resize(2);
  made.variants[0] = {.key = "control", .name = "", .control = true, .weight = 500'000, .values = {}};
  made.variants[1].key = "treatment";
  made.phases.resize(1);
  return made;
}

/// 600 units, a fifth of whom buys, in this experiment and in three more.
bool anything_stands_out(simulate::Random& random) {
  constexpr UnitNumber units = 600;
  const auto toss = [&] { return static_cast<std::uint16_t>(random.chance(0.5) ? 1 : 0); };
  GoalUnits own;
  own.experiment = of_two("checkout");
  own.goals.emplace_back().key = "purchase";
  for (UnitNumber person = 0; person < units; ++person) {
    own.units.push_back({person, toss(), 0});
    own.amounts.push_back(random.chance(0.2) ? 1 : 0);
  }
  InteractionFinder finder(std::move(own));
  for (const char* key : {"one", "two", "three"}) {
    std::vector<MetUnit> met;
    for (UnitNumber person = 0; person < units; ++person) met.push_back({person, toss(), 0});
    finder.look_at(of_two(key), met);
  }
  bool any = false;
  for (const OtherExperiment& other : std::move(finder).found().others)
    any |= other.dependent || other.rows[0].stands_out;
  return any;
}

TEST(InteractionsSimulation, StandOutBySeldomLuck) {
  constexpr int worlds = 1'000;
  simulate::Random random(20'261'124);
  int alarms = 0;
  for (int i = 0; i < worlds; ++i) alarms += anything_stands_out(random) ? 1 : 0;
  const double promised = kInteractionRate + kDependenceLimit;
  EXPECT_LE(alarms, worlds * (promised + 3 * std::sqrt(promised * (1 - promised) / worlds)));
}

}  // namespace
}  // namespace touchstone::judge
