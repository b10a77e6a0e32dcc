#include "stats/sequential/futility.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "stats/planning/stopping.hpp"
#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

const std::vector<double> kUneven{0.2, 0.45, 0.7, 1};

constexpr Spending kSpendings[] = {{SpendingKind::obrien_fleming, 0},     {SpendingKind::pocock, 0},
                                   {SpendingKind::kim_demets, 0.01},      {SpendingKind::kim_demets, 20},
                                   {SpendingKind::hwang_shih_decani, -4}, {SpendingKind::hwang_shih_decani, 20}};

/// P(a claim) with and without regard to futility.
struct Chances {
  double obeyed = 0;
  double ignored = 0;
};
Chances chances(const Bounds& bounds, double drift) {
  const Bounds open{std::vector<double>(bounds.efficacy.size(), -infinity), bounds.efficacy};
  return {operate(kUneven, bounds, drift).power, operate(kUneven, open, drift).power};
}

TEST(Futility, EverySpendingKeepsBothErrors) {
  for (const Spending& alpha : kSpendings)
    for (const Spending& beta : kSpendings)
      for (const bool binding : {false, true})
        for (const double missed : {0.7, 0.2, 1e-4}) {
          const FutilityPlan plan{alpha, 0.025, beta, binding};
          const FutilityDesign design = futility_design(kUneven, plan, missed);
          const Chances none = chances(design.bounds, 0);
          EXPECT_NEAR(chances(design.bounds, design.drift).obeyed, 1 - missed, 1e-8);
          EXPECT_NEAR(binding ? none.obeyed : none.ignored, 0.025, 1e-8);
          EXPECT_GE(design.drift * design.drift, fixed_shift(0.025, missed) * (1 - 1e-9)) << "one look needs least";
        }
}

TEST(Futility, TheDriftAndThePowerLeadToEachOther) {
  const FutilityPlan plan{{SpendingKind::pocock}, 0.025, {SpendingKind::obrien_fleming}, false};
  for (const double beta : {0.9, 0.2, 1e-6}) {
    const FutilityDesign design = futility_design(kUneven, plan, beta);
    EXPECT_NEAR(futility_design_at(kUneven, plan, design.drift).beta / beta, 1, 1e-8);
  }
  EXPECT_EQ(futility_design_at(kUneven, plan, 50).beta, 1e-12) << "surer than anybody asks for";
  EXPECT_EQ(futility_design_at(kUneven, plan, 1e4).bounds.efficacy,
            futility_design_at(kUneven, plan, 50).bounds.efficacy);
}

TEST(Futility, WhatSpendsNothingAtTheEndHasNoDesign) {
  const Spending at_once{SpendingKind::kim_demets, 1e-30};
  EXPECT_TRUE(std::isnan(futility_design(kUneven, {at_once, 0.025, {}, false}, 0.2).drift));
  EXPECT_TRUE(std::isnan(futility_design(kUneven, {{}, 0.025, at_once, false}, 0.2).drift));
  const Stopping plan{SizedFor::group_sequential, {5, {}, Futility::binding, at_once}};
  EXPECT_TRUE(std::isnan(operation_of(design_for_power(plan, 0.8, 0.05), 0).power));
  EXPECT_TRUE(std::isnan(operation_of(design_for_drift(plan, undefined, 0.05), 0).power));
}

// So little can be found with so small an alpha that the bounds meet before the end, whatever is missed.
TEST(Futility, BoundsThatMeetEarlyEndTheDesign) {
  const FutilityDesign design = futility_design_at(kUneven, {{}, 5e-7, {}, false}, 0.01);
  ASSERT_EQ(design.bounds.efficacy.size(), kUneven.size());
  const Operation found = operate(kUneven, design.bounds, 0.01);
  EXPECT_EQ(found.efficacy.back(), 0);
  EXPECT_LT(found.expected_information, 1);
}

struct Course {
  int claims = 0;
  int given_up = 0;
  double stopped = 0;
};

/// So many courses of a normal score at five equal looks.
Course walk(const Bounds& bounds, double drift, int courses, std::uint64_t seed) {
  Draws draws(seed);
  Course sum;
  for (int i = 0; i < courses; ++i) {
    double score = 0;
    for (std::size_t k = 0; k < 5; ++k) {
      const double t = static_cast<double>(k + 1) / 5;
      score += drift / 5 + draws.normal() / std::sqrt(5.0);
      const double z = score / std::sqrt(t);
      const bool claim = z >= bounds.efficacy[k];
      const bool end = z <= bounds.futility[k];
      if (!claim && !end) continue;
      sum.claims += claim ? 1 : 0;
      sum.given_up += !claim && k < 4 ? 1 : 0;
      sum.stopped += t;
      break;
    }
  }
  return sum;
}

// The recursion against 20,000 simulated courses, 4.5 standard errors.
TEST(Futility, ASimulatedPlanDoesWhatIsPromised) {
  constexpr int kCourses = 20'000;
  const auto within = [](double share) { return 4.5 * std::sqrt(share * (1 - share) / kCourses); };
  for (const Futility kind : {Futility::non_binding, Futility::binding}) {
    const Stopping plan{SizedFor::group_sequential, {5, {SpendingKind::pocock}, kind, {SpendingKind::kim_demets, 2}}};
    const Design design = design_for_power(plan, 0.8, 0.05);
    for (const double drift : {design.drift, design.drift / 2, 0.0}) {
      const SequentialOperation told = operation_of(design, drift);
      const Course seen = walk(design.bounds, drift, kCourses, static_cast<std::uint64_t>(1 + 10 * drift));
      EXPECT_NEAR(1.0 * seen.claims / kCourses, told.power, within(told.power)) << drift;
      EXPECT_NEAR(1.0 * seen.given_up / kCourses, told.given_up, within(told.given_up)) << drift;
      EXPECT_NEAR(seen.stopped / kCourses, told.expected, 4.5 * 0.3 / std::sqrt(kCourses)) << drift;
      EXPECT_EQ(told.wrong, 0);
    }
  }
}

}  // namespace
}  // namespace touchstone::stats
