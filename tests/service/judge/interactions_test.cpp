#include "service/judge/interactions.hpp"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::judge {
namespace {

storage::Experiment experiment(std::string key, std::size_t phases = 1) {
  storage::Experiment made;
  made.key = std::move(key);
  made.variants.resize(2);
  made.variants[0].key = "control";
  made.variants[0].control = true;
  made.variants[1].key = "treatment";
  made.phases.resize(phases);
  return made;
}

/// By variant of this experiment, and of the other.
struct Four {
  int n_00 = 0;
  int n_01 = 0;
  int n_10 = 0;
  int n_11 = 0;

  [[nodiscard]] int at(std::uint16_t variant, std::uint16_t other) const {
    if (variant == 0) return other == 0 ? n_00 : n_01;
    return other == 0 ? n_10 : n_11;
  }
};
/// Units, and how many of them bought.
struct Crossed {
  Four units;
  Four bought{};
};
using Strata = std::vector<Crossed>;

/// Two experiments on the same units, a stratum after the other: the first has all of them in its n-th phase, and so
/// has the second.
struct Both {
  GoalUnits own;
  std::vector<MetUnit> met;

  explicit Both(const Strata& strata) {
    own.experiment = experiment("checkout", strata.size());
    own.goals.emplace_back().key = "purchase";
    const auto phases = static_cast<std::uint16_t>(strata.size());
    for (std::uint16_t phase = 0; phase < phases; ++phase)
      for (std::uint16_t v = 0; v < 2; ++v)
        for (std::uint16_t o = 0; o < 2; ++o) add(strata[phase], phase, v, o);
  }

  [[nodiscard]] Interactions found() const {
    InteractionFinder finder(own);
    finder.look_at(experiment("coupon", own.experiment.phases.size()), met);
    return std::move(finder).found();
  }

 private:
  void add(const Crossed& of, std::uint16_t phase, std::uint16_t v, std::uint16_t o) {
    for (int i = 0; i < of.units.at(v, o); ++i) {
      const auto person = static_cast<UnitNumber>(own.units.size());
      own.units.push_back({person, v, phase});
      met.push_back({person, o, phase});
      own.amounts.push_back(i < of.bought.at(v, o) ? 1 : 0);
    }
  }
};

// .2 of each arm buys, but .3 where both treatments met: variances .16 and .21. By hand: difference .1; the largest
// variance at hand is that of all four, (3 .16 + .21)/4, of row or column, (.16 + .21)/2, and the cell's own.
TEST(Interactions, TellWhereAnEffectDependsOnTheOther) {
  const Both both(Strata{{{1000, 1000, 1000, 1000}, {200, 200, 200, 300}}});
  const Interactions found = both.found();
  ASSERT_EQ(found.others.size(), 1U);
  EXPECT_EQ(found.others[0].units, 4000U);
  ASSERT_EQ(found.others[0].rows.size(), 1U);
  const InteractionRow& row = found.others[0].rows[0];
  EXPECT_EQ(row.metric, "purchase");
  EXPECT_EQ(row.other_variant, "treatment");
  EXPECT_NEAR(*row.without.estimate, 0, 1e-15);
  EXPECT_NEAR(*row.with.estimate, 0.1, 1e-15);
  EXPECT_NEAR(*row.difference.estimate, 0.1, 1e-15);
  const double se = std::sqrt((0.69 / 4 + 2 * 0.37 / 2 + 0.21) / 999);
  EXPECT_NEAR(*row.p, std::erfc(0.1 / se / std::sqrt(2)), 1e-14);
  EXPECT_NEAR((*row.difference.high - *row.difference.low) / 2, 1.959963984540054 * se, 1e-12);
  EXPECT_TRUE(row.stands_out);
  EXPECT_FALSE(found.others[0].dependent);
}

// The chi-square of 200, 100, 100, 200 is 600 (200^2 - 100^2)^2/300^4.
TEST(Interactions, TellWhereAssignmentsDependOnEachOther) {
  const OtherExperiment other = Both(Strata{{{200, 100, 100, 200}}}).found().others.at(0);
  EXPECT_NEAR(*other.chi2, 600 * std::pow(200.0 * 200 - 100.0 * 100, 2) / std::pow(300.0, 4), 1e-9);
  EXPECT_EQ(other.df, 1);
  EXPECT_TRUE(other.dependent);
}

// Shares change in both, and customers buy more later: over all units the arms of the two would go together.
TEST(Interactions, ARampOfBothIsNone) {
  const OtherExperiment other =
      Both(Strata{{{1000, 1000, 1000, 1000}, {200, 200, 200, 200}}, {{8100, 900, 900, 100}, {4050, 450, 450, 50}}})
          .found()
          .others.at(0);
  EXPECT_EQ(other.df, 2);
  EXPECT_NEAR(*other.chi2, 0, 1e-12);
  EXPECT_FALSE(other.dependent);
  EXPECT_NEAR(*other.rows[0].difference.estimate, 0, 1e-15);
  EXPECT_FALSE(other.rows[0].stands_out);
}

// Nine cells of 100 units: half of those buy who met the last variant of both, a fifth of all others.
TEST(Interactions, AreToldForEachPairOfTreatments) {
  storage::Experiment own = experiment("checkout");
  own.variants.emplace_back().key = "another";
  storage::Experiment other = experiment("coupon");
  other.variants.emplace_back().key = "third";
  GoalUnits units;
  units.experiment = own;
  units.goals.emplace_back().key = "purchase";
  std::vector<MetUnit> met;
  for (UnitNumber person = 0; person < 900; ++person) {
    const auto cell = static_cast<std::uint16_t>(person / 100);
    units.units.push_back({person, static_cast<std::uint16_t>(cell / 3), 0});
    met.push_back({person, static_cast<std::uint16_t>(cell % 3), 0});
    units.amounts.push_back(person % 100 < (cell == 8 ? 50U : 20U) ? 1 : 0);
  }
  InteractionFinder finder(std::move(units));
  finder.look_at(other, met);
  const Interactions found = std::move(finder).found();
  ASSERT_EQ(found.others.size(), 1U);
  ASSERT_EQ(found.others[0].rows.size(), 4U);
  EXPECT_EQ(found.others[0].df, 4);
  for (const InteractionRow& row : found.others[0].rows) {
    const bool both = row.variant == "another" && row.other_variant == "third";
    EXPECT_NEAR(*row.difference.estimate, both ? 0.3 : 0, 1e-15) << row.variant << row.other_variant;
    EXPECT_EQ(row.stands_out, both);
  }
}

TEST(Interactions, OfFewUnitsAreNotTold) {
  const OtherExperiment other = Both(Strata{{{100, 100, 100, 19}}}).found().others.at(0);
  EXPECT_EQ(other.rows[0].difference.status, "insufficient_data");
  EXPECT_FALSE(other.rows[0].p);
  EXPECT_FALSE(other.rows[0].stands_out);
}

TEST(Interactions, OfUnitsWithoutAFigureAreNotTold) {
  Both both(Strata{{{100, 100, 100, 100}}});
  for (std::size_t i = 0; i < 90; ++i) both.own.amounts[i] = kNoAmount;
  const OtherExperiment other = both.found().others.at(0);
  EXPECT_EQ(other.units, 400U);
  EXPECT_EQ(other.rows[0].difference.status, "insufficient_data");
}

TEST(Interactions, AreToldOfThoseThatShareMost) {
  const Both both(Strata{{{100, 100, 100, 100}}});
  InteractionFinder finder(both.own);
  for (std::size_t i = 0; i < 22; ++i)
    finder.look_at(experiment("other-" + std::to_string(i)), std::span(both.met).first(100 + i));
  finder.look_at(experiment("elsewhere"), std::vector<MetUnit>{{100'000, 0, 0}});
  const Interactions found = std::move(finder).found();
  ASSERT_EQ(found.others.size(), kMostOthers);
  EXPECT_EQ(found.left_out, 2U);
  EXPECT_EQ(found.others.front().key, "other-21");
  EXPECT_EQ(found.others.back().units, 102U);
}

TEST(Interactions, NeedRunsAtTheSameTime) {
  using namespace std::chrono_literals;
  storage::Experiment one = experiment("one");
  storage::Experiment other = experiment("other");
  one.phases[0].started_at = Time(0h);
  one.phases[0].ended_at = Time(10h);
  other.phases[0].started_at = Time(9h);
  EXPECT_TRUE(may_share_units(one, other));
  EXPECT_TRUE(may_share_units(other, one));
  other.phases[0].started_at = Time(10h);
  EXPECT_FALSE(may_share_units(one, other));
  EXPECT_FALSE(may_share_units(other, one));
  other.phases[0].started_at = Time(0h);
  other.unit_type = "device";
  EXPECT_FALSE(may_share_units(one, other));
  EXPECT_FALSE(may_share_units(one, experiment("draft", 0)));
}

}  // namespace
}  // namespace touchstone::judge
