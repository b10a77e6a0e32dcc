// Q1, Q6 to Q8 and Q10 to Q14 of the assignment quality gates: what a run of experiments must keep. Seeds are fixed.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "assign/draw.hpp"
#include "assign/planner.hpp"
#include "sdk/wire/snapshot_json.hpp"
#include "tests/assign/documents.hpp"
#include "tests/assign/quality/population.hpp"

namespace touchstone::assign {
namespace {

using tests::compiled;
using tests::IdStyle;
using tests::one_experiment;
using tests::population;
using tests::salt;
using tests::two_variants;
using tests::User;

constexpr std::size_t units = 50'000;
constexpr std::int32_t out = -1;

std::int32_t variant_number(const Snapshot& snapshot, std::string_view experiment, const std::string& id) {
  const auto decision = decide_experiment(snapshot, experiment, User(id).view());
  if (decision.variant.empty()) return out;
  return decision.variant == "control" ? 0 : (decision.variant == "treatment" ? 1 : 2);
}

std::vector<std::int32_t> everybody(const SnapshotDocument& document, const std::vector<std::string>& ids) {
  const auto snapshot = compiled(document);
  std::vector<std::int32_t> variants;
  variants.reserve(ids.size());
  for (const auto& id : ids) variants.push_back(variant_number(*snapshot, "e", id));
  return variants;
}

std::uint64_t digest(const Snapshot& snapshot, const std::vector<std::string>& ids) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const auto& id : ids) {
    const auto number = variant_number(snapshot, "e", id);
    hash = (hash ^ static_cast<std::uint64_t>(number == out ? '-' : '0' + number)) * 0x100000001b3U;
  }
  return hash;
}

// The digest was computed by tests/vectors/reference.py's own draws: FNV-1a over '-', '0' and '1' for user-0 to
// user-99999.
TEST(Quality, Q1IsTheSameAfterARestartOnEveryThreadAndInAnotherLanguage) {
  constexpr std::uint64_t reference = 0x3f799ea673913f25U;
  auto document = one_experiment();
  document.experiments["e"].entry = {{0, 600'000}};
  const auto ids = population(IdStyle::user_counter, 100'000);
  const auto reread = wire::read_snapshot(wire::write_snapshot(document));
  ASSERT_TRUE(reread);
  EXPECT_EQ(digest(*compiled(*reread), ids), reference);
  const auto shared = compiled(document);
  std::array<std::uint64_t, 4> found{};
  std::vector<std::thread> threads;
  for (auto& one : found) threads.emplace_back([&] { one = digest(*shared, ids); });
  for (auto& thread : threads) thread.join();
  for (const auto one : found) EXPECT_EQ(one, reference);
}

TEST(Quality, Q6RampsUpAndDownWithoutMovingAnybody) {
  auto document = one_experiment();
  auto& entry = document.experiments["e"].entry;
  const SlotRanges others = {{100'000, 130'000}, {400'000, 430'000}};
  entry.clear();
  const auto ids = population(IdStyle::uuid, units);
  std::vector<std::int32_t> before(units, out);
  std::vector<Slot> steps = {10'000, 50'000, 100'000, 200'000, 300'000, 400'000, 500'000, 650'000, 800'000, 940'000};
  steps.insert(steps.end(), steps.rbegin(), steps.rend());
  Slot last = 0;
  for (const Slot size : steps) {
    const auto planned = plan_entry(entry, others, size);
    ASSERT_TRUE(planned) << planned.error().message;
    entry = *planned;
    const auto after = everybody(document, ids);
    for (std::size_t i = 0; i < units; ++i) {
      const bool must_keep = size >= last ? before[i] != out : after[i] != out;
      ASSERT_TRUE(!must_keep || after[i] == before[i]) << ids[i] << " at " << size;
    }
    before = after;
    last = size;
  }
}

std::vector<std::uint32_t> random_weights(std::mt19937& random) {
  std::uniform_int_distribution<std::uint32_t> cut(0, slot_count);
  std::array<std::uint32_t, 2> cuts = {cut(random), cut(random)};
  std::sort(cuts.begin(), cuts.end());
  return {cuts[0], cuts[1] - cuts[0], slot_count - cuts[1]};
}

TEST(Quality, Q7MovesExactlyTheDifferenceOfTheWeights) {
  std::mt19937 random(7);
  const auto ids = population(IdStyle::mail, units);
  auto document = one_experiment();
  auto& experiment = document.experiments["e"];
  experiment.variants.push_back({"third", {}});
  auto before = everybody(document, ids);
  std::vector<std::uint32_t> weights = {500'000, 500'000, 0};
  for (int edit = 0; edit < 20; ++edit) {
    const auto wanted = random_weights(random);
    const auto slots = replan_slots(experiment.slots, wanted);
    ASSERT_TRUE(slots);
    experiment.slots = *slots;
    const auto after = everybody(document, ids);
    double variation = 0;
    for (std::size_t v = 0; v < 3; ++v)
      if (weights[v] > wanted[v]) variation += (weights[v] - wanted[v]) / 1e6;
    double moved = 0;
    for (std::size_t i = 0; i < units; ++i) moved += before[i] != after[i] ? 1 : 0;
    const double sigma = std::sqrt(variation * (1 - variation) / units);
    EXPECT_NEAR(moved / units, variation, 3.5 * sigma)
        << "edit " << edit;  // 20 edits: 3 sigma each would be too strict
    weights = wanted;
    before = after;
  }
}

TEST(Quality, Q8NobodyIsInTwoExperimentsOfALayer) {
  auto document = one_experiment();
  document.experiments.clear();
  document.flags.clear();
  const std::array<Slot, 5> shares = {50'000, 100'000, 150'000, 200'000, 300'000};
  Slot begin = 0;
  for (std::size_t e = 0; e < shares.size(); ++e) {
    auto experiment = two_variants("main", 100 + e);
    experiment.entry = {{begin, begin + shares[e]}};
    document.experiments["e" + std::to_string(e)] = experiment;
    begin += shares[e];
  }
  const auto snapshot = compiled(document);
  constexpr std::size_t many = 1'000'000;
  std::array<double, 5> inside{};
  for (const auto& id : population(IdStyle::user_counter, many)) {
    int memberships = 0;
    for (std::size_t e = 0; e < shares.size(); ++e) {
      const auto decision = decide_experiment(*snapshot, ExperimentId{static_cast<std::uint32_t>(e)}, User(id).view());
      if (!decision.exposure) continue;
      ++memberships;
      inside[e] += 1;
    }
    ASSERT_LE(memberships, 1) << id;
  }
  for (std::size_t e = 0; e < shares.size(); ++e) {
    const double share = shares[e] / 1e6;
    EXPECT_NEAR(inside[e], share * many, 4 * std::sqrt(many * share * (1 - share)));
  }
}

TEST(Quality, Q10TheHeldOutMeetNothingAndStayTheSamePeople) {
  auto document = one_experiment();
  document.layers["main"].holdout = {{950'000, slot_count}};
  document.layers["other"] = {salt(5), {}};
  document.holdouts["year"] = {salt(7), {{0, 100'000}}};
  document.experiments["e"].entry = {{0, 500'000}};
  document.experiments["o"] = two_variants("other", 6);
  const auto ids = population(IdStyle::uuid, 200'000);
  const auto before = compiled(document);
  document.experiments["late"] = two_variants("main", 8);
  document.experiments["late"].entry = {{500'000, 950'000}};
  const auto after = compiled(document);
  double held = 0;
  for (const auto& id : ids) {
    const User user(id);
    const auto decision = decide_experiment(*before, "o", user.view());
    const bool out_of_all = decision.cause == Cause::held_out;
    held += out_of_all ? 1 : 0;
    EXPECT_EQ(decide_experiment(*after, "o", user.view()), decision) << id;
    for (const auto* experiment : {"e", "o", "late"})
      EXPECT_FALSE(out_of_all && decide_experiment(*after, experiment, user.view()).exposure) << id;
  }
  const auto n = static_cast<double>(ids.size());
  EXPECT_GE(tests::fit({held, n - held}, {0.1 * n, 0.9 * n}), 0.0005);
}

TEST(Quality, Q11AnExperimentOnFreedSlotsDoesNotSeeTheOldOne) {
  const auto ids = population(IdStyle::counter, units);
  auto document = one_experiment();
  const auto former = everybody(document, ids);
  document.experiments["e"].salt = salt(77);
  const auto fresh = everybody(document, ids);
  double a = 0;
  double b = 0;
  double both = 0;
  for (std::size_t i = 0; i < units; ++i) {
    a += former[i];
    b += fresh[i];
    both += former[i] * fresh[i];
  }
  EXPECT_GE(tests::association(units, a, b, both).p, 0.001);
}

TEST(Quality, Q12WhoIsStickyNeverMoves) {
  const auto ids = population(IdStyle::user_counter, 10'000);
  auto document = one_experiment();
  document.experiments["e"].sticky.emplace();
  const auto before = everybody(document, ids);
  const auto slots = replan_slots(document.experiments["e"].slots, std::vector<std::uint32_t>{900'000, 100'000});
  ASSERT_TRUE(slots);
  document.experiments["e"].slots = *slots;
  const auto snapshot = compiled(document);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::array<Sticky, 1> met = {{{"e", before[i] == 0 ? "control" : "treatment"}}};
    User user(ids[i]);
    user.sticky = met;
    EXPECT_EQ(decide_experiment(*snapshot, "e", user.view()).variant, met[0].variant) << ids[i];
  }
}

TEST(Quality, Q13EveryIdIsItselfOrRefused) {
  EXPECT_FALSE(valid_unit_id(""));
  EXPECT_FALSE(valid_unit_id(std::string(10'000, 'x')));
  EXPECT_FALSE(valid_unit_id(std::string_view("a\0b", 3)));
  EXPECT_FALSE(valid_unit_id("\xFF\xFE"));
  const std::string composed = "caf\xC3\xA9";     // NFC
  const std::string decomposed = "cafe\xCC\x81";  // NFD
  EXPECT_TRUE(valid_unit_id(composed));
  EXPECT_TRUE(valid_unit_id(decomposed));
  const Draw draw(salt(1));
  EXPECT_NE(draw(composed), draw(decomposed));
  EXPECT_NE(draw("u1"), draw("U1"));
  EXPECT_NE(draw("u1"), draw("u1 "));
  EXPECT_NE(Draw("ab")("c"), Draw("a")("bc"));
}

TEST(Quality, Q13AnEmptyIdIsAMissingOne) {
  const auto snapshot = compiled(one_experiment());
  EXPECT_EQ(decide(*snapshot, "f", User("").view()).cause, Cause::unit_missing);
}

TEST(Quality, Q14AnAnonymousVariantFollowsIntoTheAccount) {
  auto document = one_experiment();
  document.experiments["e"].fallback = "device";
  document.experiments["e"].sticky.emplace();
  const auto snapshot = compiled(document);
  std::size_t would_have_moved = 0;
  const auto ids = population(IdStyle::uuid, 2'000);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string account = "user-" + std::to_string(i);
    const std::array<Unit, 1> anonymous = {{{"device", ids[i]}}};
    const std::array<Unit, 2> known = {{{"user", account}, {"device", ids[i]}}};
    const auto first = decide(*snapshot, "f", Subject{anonymous, {}, {}});
    const std::array<Sticky, 1> met = {{{"e", first.variant}}};
    const auto later = decide(*snapshot, "f", Subject{known, {}, met});
    EXPECT_EQ(later.variant, first.variant) << account;
    EXPECT_EQ(later.cause, Cause::sticky);
    would_have_moved += decide(*snapshot, "f", Subject{known, {}, {}}).variant != first.variant ? 1U : 0U;
  }
  EXPECT_TRUE(tests::band(ids.size(), 0.5).holds(would_have_moved)) << would_have_moved;
}

}  // namespace
}  // namespace touchstone::assign
