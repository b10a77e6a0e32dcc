#include "assign/decide.hpp"

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/assign/documents.hpp"

// Single decisions are in tests/vectors; here are the properties of many.
namespace touchstone::assign {
namespace {

using tests::compiled;
using tests::one_experiment;
using tests::salt;
using tests::two_variants;
using tests::User;

constexpr int units = 20'000;

std::string id(int number) { return "user-" + std::to_string(number); }

/// Pearson's chi-square of a table against independence of rows and columns.
template <std::size_t Rows, std::size_t Columns>
double chi_square(const std::array<std::array<double, Columns>, Rows>& table) {
  std::array<double, Rows> rows{};
  std::array<double, Columns> columns{};
  double total = 0;
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t c = 0; c < Columns; ++c) {
      rows[r] += table[r][c];
      columns[c] += table[r][c];
      total += table[r][c];
    }
  double sum = 0;
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t c = 0; c < Columns; ++c) {
      const double expected = rows[r] * columns[c] / total;
      sum += (table[r][c] - expected) * (table[r][c] - expected) / expected;
    }
  return sum;
}

// Upper 0.1 % point of chi-square with one degree of freedom (any table of the distribution).
constexpr double chi_square_1_per_mille = 10.828;

TEST(Decide, ExperimentsOfOneLayerExcludeEachOther) {
  auto document = one_experiment();
  document.experiments["e"].entry = {{0, 300'000}};
  document.experiments["second"] = two_variants("main", 3);
  document.experiments["second"].entry = {{300'000, 900'000}};
  const auto snapshot = compiled(document);
  int first = 0;
  int second = 0;
  for (int i = 0; i < units; ++i) {
    const auto name = id(i);
    const User user(name);
    const bool in_first = decide_experiment(*snapshot, "e", user.view()).exposure.has_value();
    const bool in_second = decide_experiment(*snapshot, "second", user.view()).exposure.has_value();
    EXPECT_FALSE(in_first && in_second) << name;
    first += in_first;
    second += in_second;
  }
  EXPECT_NEAR(first, 0.3 * units, 4 * std::sqrt(units * 0.3 * 0.7));
  EXPECT_NEAR(second, 0.6 * units, 4 * std::sqrt(units * 0.6 * 0.4));
}

TEST(Decide, HoldoutsKeepTheirUnitsOutOfEveryExperiment) {
  auto document = one_experiment();
  document.layers["main"].holdout = {{0, 50'000}};
  document.layers["other"] = {salt(5), {}};
  document.experiments["second"] = two_variants("other", 6);
  document.holdouts["year"] = {salt(7), {{0, 100'000}}};
  const auto snapshot = compiled(document);
  int held_by_both = 0;
  for (int i = 0; i < units; ++i) {
    const auto name = id(i);
    const User user(name);
    const auto first = decide_experiment(*snapshot, "e", user.view());
    const auto second = decide_experiment(*snapshot, "second", user.view());
    if (second.cause != Cause::held_out) continue;
    ++held_by_both;
    EXPECT_EQ(first.cause, Cause::held_out) << name;
    EXPECT_FALSE(first.exposure) << name;
  }
  EXPECT_NEAR(held_by_both, 0.1 * units, 4 * std::sqrt(units * 0.1 * 0.9));
}

TEST(Decide, AddingAnExperimentLeavesTheHeldOutAsTheyWere) {
  auto document = one_experiment();
  document.holdouts["year"] = {salt(7), {{0, 100'000}}};
  document.experiments["e"].entry = {{0, 500'000}};
  const auto before = compiled(document);
  document.experiments["second"] = two_variants("main", 8);
  document.experiments["second"].entry = {{500'000, slot_count}};
  const auto after = compiled(document);
  for (int i = 0; i < units; ++i) {
    const auto name = id(i);
    const User user(name);
    EXPECT_EQ(decide_experiment(*before, "e", user.view()), decide_experiment(*after, "e", user.view())) << name;
  }
}

TEST(Decide, EntryAndVariantAreIndependent) {
  auto document = one_experiment();
  const auto everybody = compiled(document);
  document.experiments["e"].entry = {{0, 100'000}};
  const auto few = compiled(document);
  std::array<std::array<double, 2>, 2> table{};
  for (int i = 0; i < units; ++i) {
    const auto name = id(i);
    const User user(name);
    const bool treated = decide_experiment(*everybody, "e", user.view()).variant == "treatment";
    const bool entered = decide_experiment(*few, "e", user.view()).exposure.has_value();
    table[entered][treated] += 1;
  }
  EXPECT_LT(chi_square(table), chi_square_1_per_mille);
}

TEST(Decide, RaisingCoverageMovesNobody) {
  auto document = one_experiment();
  std::map<std::string, std::string> seen;
  for (Slot coverage = 100'000; coverage <= slot_count; coverage += 100'000) {
    document.experiments["e"].entry = {{0, coverage}};
    const auto snapshot = compiled(document);
    for (int i = 0; i < units / 10; ++i) {
      const auto name = id(i);
      const auto variant = std::string(decide_experiment(*snapshot, "e", User(name).view()).variant);
      if (seen.contains(name)) {
        EXPECT_EQ(seen[name], variant) << name;
      } else if (!variant.empty()) {
        seen[name] = variant;
      }
    }
  }
  EXPECT_EQ(seen.size(), units / 10U);
}

TEST(Decide, ANewExperimentOnFreedSlotsIsIndependentOfTheOldOne) {
  auto document = one_experiment();
  const auto old = compiled(document);
  document.experiments["e"].salt = salt(99);
  const auto fresh = compiled(document);
  std::array<std::array<double, 2>, 2> table{};
  for (int i = 0; i < units; ++i) {
    const auto name = id(i);
    const User user(name);
    table[decide_experiment(*old, "e", user.view()).variant == "treatment"]
         [decide_experiment(*fresh, "e", user.view()).variant == "treatment"] += 1;
  }
  EXPECT_LT(chi_square(table), chi_square_1_per_mille);
}

TEST(Decide, StickyUnitsKeepTheirVariantThroughEveryEdit) {
  auto document = one_experiment();
  auto& experiment = document.experiments["e"];
  experiment.sticky.emplace();
  experiment.slots = {{0, slot_count, 0}};
  experiment.entry = {};
  experiment.when = test_of("country", Operator::is, std::string("DE"));
  document.holdouts["year"] = {salt(7), {{0, slot_count}}};
  const auto snapshot = compiled(document);
  const std::array<Sticky, 1> met = {{{"e", "treatment"}}};
  User user("u1");
  user.sticky = met;
  const auto kept = decide(*snapshot, "f", user.view());
  EXPECT_EQ(kept.variant, "treatment");
  EXPECT_EQ(kept.value, "true");
  EXPECT_EQ(kept.cause, Cause::sticky);
  EXPECT_TRUE(kept.exposure);
}

TEST(Decide, StickinessBreaksWhenTheVariantIsGone) {
  auto document = one_experiment();
  document.experiments["e"].sticky.emplace();
  const std::array<Sticky, 1> met = {{{"e", "removed"}}};
  User user("u1");
  user.sticky = met;
  EXPECT_EQ(decide(*compiled(document), "f", user.view()).cause, Cause::assigned);
}

TEST(Decide, ABlockedVariantIsKeptByNobody) {
  auto document = one_experiment();
  document.experiments["e"].sticky.emplace().blocked = {"treatment"};
  document.experiments["e"].slots = {{0, slot_count, 0}};
  const std::array<Sticky, 1> met = {{{"e", "treatment"}}};
  User user("u1");
  user.sticky = met;
  const auto snapshot = compiled(document);
  const auto drawn = decide(*snapshot, "f", user.view());
  EXPECT_EQ(drawn.cause, Cause::assigned);
  EXPECT_EQ(drawn.variant, "control");
}

TEST(Decide, AStickyUnitLeavesWithTheConditionOnlyWhereTheExperimentSaysSo) {
  auto document = one_experiment();
  document.experiments["e"].sticky.emplace();
  document.experiments["e"].when = test_of("country", Operator::is, std::string("DE"));
  const std::array<Sticky, 1> met = {{{"e", "treatment"}}};
  User user("u1");
  user.sticky = met;
  EXPECT_EQ(decide(*compiled(document), "f", user.view()).cause, Cause::sticky);
  document.experiments["e"].sticky->leaves_with_condition = true;
  EXPECT_EQ(decide(*compiled(document), "f", user.view()).cause, Cause::condition);
}

/// Remembers one unit.
class OneMet final : public Memory {
 public:
  OneMet(std::string_view id, Met met) : id_(id), met_(met) {}
  [[nodiscard]] std::optional<Met> find(std::string_view experiment, const Unit& unit) const noexcept override {
    ++asked;
    return experiment == "e" && unit.id == id_ ? std::optional(met_) : std::nullopt;
  }
  mutable int asked = 0;

 private:
  std::string_view id_;
  Met met_;
};

TEST(Decide, TheMemoryIsAskedForTheUnitAndThenForItsFallbackUnlessThatIsSomebodyElses) {
  auto document = one_experiment();
  document.experiments["e"].sticky.emplace();
  document.experiments["e"].fallback = "device";
  document.experiments["e"].slots = {{0, slot_count, 0}};
  const std::array<Unit, 2> both = {{{"user", "u1"}, {"device", "d1"}}};
  const auto variant_by = [&](const OneMet& memory) {
    const auto snapshot = compiled(document);
    return std::string(decide(*snapshot, "f", Subject{both, {}, {}, {}, &memory}).variant);
  };
  EXPECT_EQ(variant_by({"u1", {1, false}}), "treatment");
  EXPECT_EQ(variant_by({"u1", {1, true}}), "treatment");
  EXPECT_EQ(variant_by({"d1", {1, false}}), "treatment");
  EXPECT_EQ(variant_by({"d1", {1, true}}), "control");
  EXPECT_EQ(variant_by({"u1", {7, false}}), "control");
  document.experiments["e"].sticky.reset();
  const OneMet memory("u1", {1, false});
  EXPECT_EQ(variant_by(memory), "control");
  EXPECT_EQ(memory.asked, 0);
}

TEST(Decide, WithoutStickinessOnlyAClosedExperimentLooksAtIt) {
  auto document = one_experiment();
  const std::array<Sticky, 1> met = {{{"e", "treatment"}}};
  User user("u1");
  user.sticky = met;
  EXPECT_EQ(decide(*compiled(document), "f", user.view()).cause, Cause::assigned);
  document.experiments["e"].enrolling = false;
  EXPECT_EQ(decide(*compiled(document), "f", user.view()).cause, Cause::sticky);
  EXPECT_EQ(decide(*compiled(document), "f", User("u2").view()).cause, Cause::not_enrolling);
}

TEST(Decide, AnOverrideIsNeverAnExposure) {
  auto document = one_experiment();
  document.segments["testers"] = UnitList{"user", {"tester"}};
  document.experiments["e"].overrides = {{in_segment("testers"), "treatment"}};
  const auto snapshot = compiled(document);
  const auto decision = decide(*snapshot, "f", User("tester").view());
  EXPECT_EQ(decision.variant, "treatment");
  EXPECT_EQ(decision.reason, Reason::targeting_match);
  EXPECT_FALSE(decision.exposure);
}

TEST(Decide, AnExperimentAssignedElsewhereLeavesTheDefault) {
  auto document = one_experiment();
  document.experiments["e"].scheme = "external";
  const auto snapshot = compiled(document);
  const auto decision = decide(*snapshot, "f", User("u1").view());
  EXPECT_EQ(decision.value, "false");
  EXPECT_EQ(decision.cause, Cause::external);
  EXPECT_FALSE(decision.exposure);
}

// The draw of shared vector harness "hn_ab": MurmurHash3 of "identifier:1007919" gives control, 4175519 treatment.
TEST(Decide, AnExperimentOfAnotherVendorFollowsItsProgram) {
  auto document = one_experiment();
  auto& experiment = document.experiments["e"];
  experiment.scheme = "harness";
  experiment.layer.clear();
  dialect::Step choice;
  choice.draw.prefix = "identifier:";
  choice.draw.n = 100;
  choice.bands = {{0, 50, dialect::variant(0)}, {50, 100, dialect::variant(1)}};
  experiment.dialect = dialect::Program{dialect::step(0), {choice}, {"control", "treatment"}};
  const auto snapshot = compiled(document);
  EXPECT_EQ(decide(*snapshot, "f", User("1007919").view()).variant, "control");
  EXPECT_EQ(decide(*snapshot, "f", User("4175519").view()).variant, "treatment");

  experiment.dialect->steps[0].bands[0].to = dialect::step(0);
  EXPECT_EQ(Snapshot::compile(document).error().pointer, "/experiments/e/dialect");
}

TEST(Decide, AllGivesEveryFlagInOrder) {
  auto document = one_experiment();
  document.flags["a"] = {ValueType::integer, "0", "1", true, {}};
  document.flags["z"] = {ValueType::string, R"("off")", R"("on")", false, {}};
  const auto snapshot = compiled(document);
  const User user("u1");
  std::vector<std::string> order;
  decide_all(*snapshot, user.view(), [&](const Decision& decision) {
    order.emplace_back(decision.flag);
    EXPECT_EQ(decision, decide(*snapshot, decision.flag, user.view()));
  });
  EXPECT_EQ(order, (std::vector<std::string>{"a", "f", "z"}));
}

TEST(Decide, DifferentUnitsOfOnePersonAreDifferentDraws) {
  auto document = one_experiment();
  document.experiments["e"].fallback = "device";
  const auto snapshot = compiled(document);
  const std::array<Unit, 2> both = {{{"device", "d1"}, {"user", "u1"}}};
  const std::array<Unit, 2> anonymous = {{{"device", "d1"}, {"user", ""}}};
  EXPECT_EQ(decide(*snapshot, "f", Subject{both, {}, {}}).exposure->unit, both[1]);
  EXPECT_EQ(decide(*snapshot, "f", Subject{anonymous, {}, {}}).exposure->unit, anonymous[0]);
}

}  // namespace
}  // namespace touchstone::assign
