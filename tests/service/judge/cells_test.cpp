#include "service/judge/cells.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

const Cells::Shape kShape{2, 3, 2, storage::Crossover::exclude, {kStart, std::chrono::hours(1)}};

std::uint32_t below(std::mt19937_64& random, std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); }

Amount random_amount(std::mt19937_64& random) {
  std::uniform_int_distribution<std::int64_t> amount(-kLargestAmount, kLargestAmount);
  return {amount(random), static_cast<AmountState>(below(random, 3))};
}

UnitRecord random_unit(std::mt19937_64& random) {
  UnitRecord unit;
  unit.part.exposed_at = kStart + std::chrono::minutes(below(random, 10'000));
  unit.part.variant = below(random, 3);
  unit.part.phase = below(random, 2);
  unit.part.exposures = 1 + below(random, 3);
  unit.part.contradictions = below(random, 2);
  unit.part.unattributed = below(random, 2);
  unit.part.crossed = below(random, 10) == 0;
  unit.amounts = {random_amount(random), random_amount(random)};
  return unit;
}

std::vector<UnitRecord> units(std::size_t n) {
  std::mt19937_64 random(20260105);
  std::vector<UnitRecord> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(random_unit(random));
  return all;
}

Cells of(std::span<const UnitRecord> records) {
  Cells cells(kShape);
  for (const UnitRecord& record : records) cells.add(record.part, record.amounts);
  return cells;
}

TEST(Cells, RetractingGivesBackTheBits) {
  const std::vector<UnitRecord> all = units(500);
  Cells cells = of(all);
  for (std::size_t i = 200; i < all.size(); ++i) cells.retract(all[i].part, all[i].amounts);
  EXPECT_EQ(cells, of(std::span(all).first(200)));
}

TEST(Cells, MergedShardsEqualOneCount) {
  const std::vector<UnitRecord> all = units(500);
  Cells left = of(std::span(all).first(123));
  left.merge(of(std::span(all).subspan(123)));
  EXPECT_EQ(left, of(all));
}

TEST(Cells, TheTicksOfAPhaseAddUpToIt) {
  const Cells cells = of(units(500));
  for (std::size_t phase = 0; phase < 2; ++phase)
    for (std::size_t variant = 0; variant < 3; ++variant) {
      TickCell sum{0, std::vector<stats::Sums>(2)};
      for (const auto& [tick, variants] : cells.by_tick[phase].ticks()) {
        EXPECT_LT(tick, 10'000 / 60 + 1);
        sum.units += variants[variant].units;
        for (std::size_t m = 0; m < 2; ++m) sum.sums[m].merge(variants[variant].sums[m]);
      }
      EXPECT_EQ(sum.units, cells.at(phase, variant).analysed);
      EXPECT_EQ(sum.sums, cells.at(phase, variant).sums);
    }
}

TEST(Cells, ATickWithoutUnitsIsNotKept) {
  const std::vector<UnitRecord> all = units(50);
  Cells cells = of(all);
  for (const UnitRecord& unit : all) cells.retract(unit.part, unit.amounts);
  EXPECT_TRUE(cells.by_tick[0].ticks().empty() && cells.by_tick[1].ticks().empty());
}

TEST(Cells, WithoutAClockThereAreNoTicks) {
  Cells cells({2, 3, 2, storage::Crossover::exclude});
  const UnitRecord unit = units(1)[0];
  cells.add(unit.part, unit.amounts);
  EXPECT_TRUE(cells.by_tick[unit.part.phase].ticks().empty());
}

TEST(Cells, OfAnotherShapeCannotBeMerged) {
  Cells cells(kShape);
  EXPECT_THROW(cells.merge(Cells({1, 3, 2, storage::Crossover::exclude})), std::invalid_argument);
}

TEST(Cells, ThePolicySaysWhoseAmountsCount) {
  UnitRecord unit;
  unit.part.exposed_at = kStart;
  unit.part.exposures = 2;
  unit.part.crossed = true;
  unit.amounts = {{5, AmountState::present}, {0, AmountState::beyond}};
  for (const auto policy : {storage::Crossover::exclude, storage::Crossover::first}) {
    Cells cells({1, 1, 2, policy});
    cells.add(unit.part, unit.amounts);
    const std::int64_t counted = policy == storage::Crossover::first ? 1 : 0;
    EXPECT_EQ(cells.at(0, 0).units, 1);
    EXPECT_EQ(cells.at(0, 0).crossover, 1);
    EXPECT_EQ(cells.at(0, 0).analysed, counted);
    EXPECT_EQ(cells.at(0, 0).sums[0].n, counted);
    EXPECT_EQ(cells.at(0, 0).beyond[1], counted);
    EXPECT_EQ(cells.exposures, 2);
  }
}

TEST(Cells, WhoIsNotInTheExperimentLeavesOnlyItsUnattributedExposures) {
  Cells cells(kShape);
  Participation none;
  none.unattributed = 3;
  cells.add(none, {});
  EXPECT_EQ(cells.unattributed, 3);
  cells.unattributed = 0;
  EXPECT_EQ(cells, Cells(kShape));
}

}  // namespace
}  // namespace touchstone::judge
