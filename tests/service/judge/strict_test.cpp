#include "service/judge/strict.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "stats/sequential/strict.hpp"
#include "tests/service/judge/season.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

const storage::MethodRef kStrict{"strict", 1, {}};

Season strict(Figures figures, double effect) {
  Season season{.looks = 40, .users = 60, .figures = figures, .effect = effect};
  season.method = kStrict;
  return season;
}

Report report_at(const Season& season, const Cells& cells, int look) {
  return report(season.experiment(), season.metrics(), cells, {{}, season.end_of(look) + kWindow}, {});
}

Row last_row(const Season& season, const std::string& name) {
  return report_at(season, Simulation(season, name).cells(), season.looks).results.at(0);
}

/// The e-value of the walk over the very ticks, with bets for a standard deviation of one half.
TEST(Strict, ConversionsAreTilted) {
  const Season season = strict(Figures::conversions, 2);
  const Cells cells = Simulation(season, "strict_tilt").cells();
  stats::ConversionTilt walk(std::sqrt(32.85 / (2400 * 0.25 * 0.25)));
  double best = 0;
  for (const auto& [tick, of] : cells.by_tick[0].ticks()) {
    const auto a = static_cast<std::int64_t>(of[0].sums[0].s1);
    const auto b = static_cast<std::int64_t>(of[1].sums[0].s1);
    walk.add({of[0].units + of[1].units, of[1].units, a + b, b, 0, 0});
    best = std::max(best, walk.evidence().log_e_up);
  }
  const Row row = report_at(season, cells, season.looks).results.at(0);
  EXPECT_EQ(row.always_valid.method, "hypergeometric_tilt");
  EXPECT_NEAR((*row.always_valid.log10_e)[0], best / std::log(10), 1e-9);
  EXPECT_NEAR(*row.always_valid.p, 2 * std::exp(-best), 1e-12);
}

class EveryKind : public testing::TestWithParam<Figures> {};

// What is declared, the sign that is shown, the anytime p and the conclusion are one rule.
TEST_P(EveryKind, DecisionSignAndPAgree) {
  int decided = 0;
  for (int stream = 0; stream < 12; ++stream) {
    const Season season = strict(GetParam(), stream % 3 == 0 ? 1.0 : stream % 3 == 1 ? 1.6 : 0.55);
    const Cells cells = Simulation(season, "strict" + std::to_string(stream)).cells();
    double before = 1;
    for (int look = 0; look < season.looks; look += 5) {
      const Row row = report_at(season, cells, look).results.at(0);
      const AlwaysValid& seen = row.always_valid;
      if (!seen.p) continue;  // too few have answered for a look
      const bool up = seen.absolute.low == 0;
      const bool down = seen.absolute.high == 0;
      EXPECT_EQ(seen.decided_at.has_value(), up || down);
      EXPECT_EQ(seen.decided_at.has_value(), *seen.p <= 0.05);
      EXPECT_LE(*seen.p, before);
      EXPECT_EQ(row.conclusion, up ? "better" : down ? "worse" : "not_clear");
      EXPECT_EQ(seen.absolute.estimate, row.absolute.estimate);
      before = *seen.p;
    }
    decided += before <= 0.05 ? 1 : 0;
  }
  EXPECT_GT(decided, 3);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind,
                         testing::Values(Figures::conversions, Figures::nps, Figures::capped, Figures::waiting_time));

TEST(Strict, WhatKnowsNoBoundHasNoMethod) {
  const Row row = last_row(strict(Figures::lognormal, 1), "strict_none");
  EXPECT_EQ(row.always_valid.method, "none");
  EXPECT_EQ(row.always_valid.absolute.status, "no_sequential_method");
  EXPECT_EQ(row.conclusion, "unknown");
  EXPECT_EQ(last_row(strict(Figures::spend_again, 1), "strict_covariate").always_valid.method, "none");
}

TEST(Strict, NobodyIsJudgedBeforeAWindowCloses) {
  const Season season = strict(Figures::conversions, 1);
  const Cells cells = Simulation(season, "strict_early").cells();
  const Row row = report(season.experiment(), season.metrics(), cells, {{}, season.end_of(0)}, {}).results.at(0);
  EXPECT_EQ(row.always_valid.absolute.status, "not_mature");
  EXPECT_FALSE(row.always_valid.log10_e);
}

/// What is expected of the spread tunes the bets: a guess that is twenty times too high finds little.
TEST(Strict, DeviationsTuneTheBets) {
  Season season = strict(Figures::conversions, 1.4);
  const auto evidence = [&] {
    double sum = 0;
    for (int stream = 0; stream < 20; ++stream)
      sum += (*last_row(season, "strict_tuned" + std::to_string(stream)).always_valid.log10_e)[0];
    return sum;
  };
  season.method.deviations["bought"] = 0.3;
  const double tuned = evidence();
  season.method.deviations["bought"] = 6;
  EXPECT_LT(evidence(), tuned / 2);
}

}  // namespace
}  // namespace touchstone::judge
