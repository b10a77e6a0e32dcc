#include "service/app/experiment_lifecycle.hpp"

#include <chrono>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "assign/planner.hpp"
#include "service/app/slot_ranges.hpp"

namespace touchstone::app {
namespace {

using storage::Experiment;
using storage::ExperimentState;

constexpr Time kNow{std::chrono::hours(24 * 365 * 50)};

Experiment draft() {
  Experiment experiment;
  experiment.key = "checkout";
  experiment.layer = "checkout";
  experiment.variants = {{"control", "", true, 500'000, {}}, {"one-page", "", false, 500'000, {}}};
  experiment.plan.metrics = {{"purchase", 0, storage::MetricRole::goal, std::nullopt}};
  return experiment;
}

std::vector<storage::Metric> metrics() {
  storage::Metric purchase;
  purchase.key = "purchase";
  purchase.version = 3;
  return {purchase};
}

MoveTerms terms(Time now = kNow, std::span<const assign::SlotRange> taken = {}) {
  static const auto known = metrics();
  return {now, std::nullopt, taken, known};
}

Experiment must(Result<Experiment> result) {
  EXPECT_TRUE(result) << result.error().message << " " << result.error().pointer;
  return std::move(result).value();
}

Experiment in_state(ExperimentState state) {
  Experiment experiment = draft();
  if (state == ExperimentState::draft) return experiment;
  experiment = must(moved(experiment, Move::start, terms()));
  if (state == ExperimentState::paused) return must(moved(experiment, Move::pause, terms()));
  if (state == ExperimentState::running) return experiment;
  experiment = must(moved(experiment, Move::stop, terms()));
  return state == ExperimentState::stopped ? experiment : must(moved(experiment, Move::archive, terms()));
}

// The legal moves as the issue lists them: draft, running, paused, stopped, archived.
TEST(AppExperimentLifecycle, EveryMoveFromEveryStateIsLegalOrSaysWhichAre) {
  const std::map<ExperimentState, std::map<Move, ExperimentState>> legal{
      {ExperimentState::draft, {{Move::start, ExperimentState::running}, {Move::archive, ExperimentState::archived}}},
      {ExperimentState::running, {{Move::pause, ExperimentState::paused}, {Move::stop, ExperimentState::stopped}}},
      {ExperimentState::paused, {{Move::resume, ExperimentState::running}, {Move::stop, ExperimentState::stopped}}},
      {ExperimentState::stopped, {{Move::archive, ExperimentState::archived}}},
      {ExperimentState::archived, {}},
  };
  for (const auto& [state, moves] : legal)
    for (const auto move : all_moves) {
      const auto before = in_state(state);
      const auto after = moved(before, move, terms());
      if (const auto to = moves.find(move); to != moves.end()) {
        ASSERT_TRUE(after) << storage::name_of(state) << " " << name_of(move);
        EXPECT_EQ(after->state, to->second);
        EXPECT_EQ(after->version, before.version + 1);
        continue;
      }
      ASSERT_FALSE(after) << storage::name_of(state) << " " << name_of(move);
      EXPECT_EQ(after.error().code, ErrorCode::conflict);
      for (const auto& [name, to] : moves)
        EXPECT_NE(after.error().hint.find(name_of(name)), std::string::npos) << after.error().hint;
    }
}

TEST(AppExperimentLifecycle, StartFreezesThePlanAndOpensPhaseOneWithTheWholeLayer) {
  const auto running = in_state(ExperimentState::running);
  EXPECT_EQ(running.plan.frozen_at, kNow);
  EXPECT_EQ(running.plan.metrics[0].version, 3U);
  ASSERT_EQ(running.phases.size(), 1U);
  const auto& phase = running.phases[0];
  EXPECT_EQ(phase.number, 1U);
  EXPECT_EQ(phase.started_at, kNow);
  EXPECT_FALSE(phase.ended_at);
  EXPECT_EQ(phase.entry, (std::vector<storage::SlotRange>{{0, 1'000'000}}));
  EXPECT_EQ(phase.slots, (std::vector<storage::VariantSlots>{{{0, 500'000}, 0}, {{500'000, 1'000'000}, 1}}));
  EXPECT_EQ(phase.weights, (std::vector<std::uint32_t>{500'000, 500'000}));
}

TEST(AppExperimentLifecycle, StartMayLieInThePastButNotInTheFuture) {
  auto past = terms();
  past.at = kNow - std::chrono::hours(48);
  EXPECT_EQ(must(moved(draft(), Move::start, past)).phases[0].started_at, *past.at);
  auto future = terms();
  future.at = kNow + Micros(1);
  const auto refused = moved(draft(), Move::start, future);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().pointer, "/at");
}

TEST(AppExperimentLifecycle, NoMoveMayLieBeforeTheOneBefore) {
  auto early = terms();
  early.at = kNow - Micros(1);
  const auto refused = moved(in_state(ExperimentState::running), Move::stop, early);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().pointer, "/at");
}

TEST(AppExperimentLifecycle, StartNeedsTheMetricsOfThePlan) {
  auto without = terms();
  without.metrics = {};
  const auto refused = moved(draft(), Move::start, without);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(refused.error().pointer, "/plan/metrics/0/metric");
}

TEST(AppExperimentLifecycle, StartTakesOnlyFreeSlotsOfTheLayerOrSaysThatThereIsNoRoom) {
  const std::vector<assign::SlotRange> taken{{0, 300'000}};
  auto half = draft();
  half.coverage = 500'000;
  const auto running = must(moved(half, Move::start, terms(kNow, taken)));
  EXPECT_EQ(running.phases[0].entry, (std::vector<storage::SlotRange>{{300'000, 800'000}}));
  const auto refused = moved(draft(), Move::start, terms(kNow, taken));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(refused.error().pointer, "/coverage");
}

TEST(AppExperimentLifecycle, PauseEndsThePhaseAndResumeOpensOneLikeIt) {
  const auto running = in_state(ExperimentState::running);
  const auto later = kNow + std::chrono::hours(1);
  const auto paused = must(moved(running, Move::pause, terms(later)));
  EXPECT_EQ(paused.phases.back().ended_at, later);
  const auto resumed = must(moved(paused, Move::resume, terms(later + std::chrono::hours(1))));
  ASSERT_EQ(resumed.phases.size(), 2U);
  EXPECT_EQ(resumed.phases[1].entry, running.phases[0].entry);
  EXPECT_EQ(resumed.phases[1].slots, running.phases[0].slots);
  EXPECT_EQ(resumed.phases[0].ended_at, later);
}

TEST(AppExperimentLifecycle, OtherWeightsOpenAPhaseThatMovesTheFewestUnits) {
  const auto running = in_state(ExperimentState::running);
  auto wanted = running;
  wanted.variants[0].weight = 400'000;
  wanted.variants[1].weight = 600'000;
  const auto after = must(changed(running, wanted, terms(kNow + Micros(1))));
  ASSERT_EQ(after.phases.size(), 2U);
  const auto before_slots = planned(after.phases[0].slots);
  const auto after_slots = planned(after.phases[1].slots);
  EXPECT_EQ(assign::moved_slots(before_slots, after_slots), 100'000U);
  EXPECT_EQ(assign::weights_of(after_slots, 2), (std::vector<std::uint32_t>{400'000, 600'000}));
  EXPECT_EQ(after.phases[0].ended_at, after.phases[1].started_at);
}

TEST(AppExperimentLifecycle, MoreCoverageMovesNobody) {
  auto small = draft();
  small.coverage = 100'000;
  const auto running = must(moved(small, Move::start, terms()));
  auto wanted = running;
  wanted.coverage = 250'000;
  const auto after = must(changed(running, wanted, terms(kNow + Micros(1))));
  EXPECT_EQ(after.phases[1].slots, after.phases[0].slots);
  for (const auto& range : after.phases[0].entry)
    EXPECT_TRUE(assign::find_range<assign::SlotRange>(planned(after.phases[1].entry), range.begin));
  EXPECT_EQ(assign::size_of<assign::SlotRange>(planned(after.phases[1].entry)), 250'000U);
}

TEST(AppExperimentLifecycle, AnotherConditionOpensAPhase) {
  const auto running = in_state(ExperimentState::running);
  auto wanted = running;
  wanted.when = assign::test_of("country", assign::Operator::is, std::string("DE"));
  EXPECT_EQ(must(changed(running, wanted, terms(kNow + Micros(1)))).phases.size(), 2U);
}

TEST(AppExperimentLifecycle, WordsMayAlwaysChangeAndOpenNoPhase) {
  for (const auto state : {ExperimentState::draft, ExperimentState::running, ExperimentState::paused,
                           ExperimentState::stopped, ExperimentState::archived}) {
    const auto current = in_state(state);
    auto wanted = current;
    wanted.hypothesis = "One page converts better";
    const auto after = must(changed(current, wanted, terms()));
    EXPECT_EQ(after.hypothesis, wanted.hypothesis);
    EXPECT_EQ(after.phases, current.phases);
    EXPECT_TRUE(judged_alike(current, after));
  }
}

TEST(AppExperimentLifecycle, WhatIsFixedSinceTheStartIsRefusedByName) {
  const auto running = in_state(ExperimentState::running);
  const auto refusal = [&running](auto&& edit) {
    auto wanted = running;
    edit(wanted);
    const auto refused = changed(running, wanted, terms());
    return refused ? std::string("accepted") : refused.error().pointer;
  };
  EXPECT_EQ(refusal([](Experiment& e) { e.unit_type = "device"; }), "/unit_type");
  EXPECT_EQ(refusal([](Experiment& e) { e.layer = "other"; }), "/layer");
  EXPECT_EQ(refusal([](Experiment& e) { e.scheme = "external"; }), "/scheme");
  EXPECT_EQ(refusal([](Experiment& e) { e.variants[1].key = "two-page"; }), "/variants");
  EXPECT_EQ(refusal([](Experiment& e) { e.variants[1].values["checkout"] = "true"; }), "/variants");
  EXPECT_EQ(refusal([](Experiment& e) { e.exposure = assign::ExposedByClient{}; }), "/exposure");
  EXPECT_EQ(refusal([](Experiment& e) { e.plan.alpha = 0.1; }), "/plan");
}

TEST(AppExperimentLifecycle, ADraftMayChangeInEverythingButWhatTheServerSets) {
  auto wanted = draft();
  wanted.variants.push_back({"third", "", false, 0, {}});
  wanted.plan.alpha = 0.01;
  wanted.state = ExperimentState::running;
  wanted.salt = "chosen";
  const auto after = must(changed(draft(), wanted, terms()));
  EXPECT_EQ(after.variants.size(), 3U);
  EXPECT_EQ(after.plan.alpha, 0.01);
  EXPECT_EQ(after.state, ExperimentState::draft);
  EXPECT_EQ(after.salt, draft().salt);
}

TEST(AppExperimentLifecycle, AnOverExperimentKeepsItsDesignAndHoldsNoSlots) {
  const auto stopped = in_state(ExperimentState::stopped);
  auto wanted = stopped;
  wanted.coverage = 1;
  EXPECT_EQ(changed(stopped, wanted, terms()).error().code, ErrorCode::conflict);
  EXPECT_FALSE(holds_slots(stopped));
  EXPECT_TRUE(holds_slots(in_state(ExperimentState::paused)));
}

TEST(AppExperimentLifecycle, AnExternalExperimentTakesNoSlotsOfALayer) {
  auto external = draft();
  external.scheme = "external";
  external.layer.clear();
  const std::vector<assign::SlotRange> all{{0, 1'000'000}};
  const auto running = must(moved(external, Move::start, terms(kNow, all)));
  EXPECT_TRUE(running.phases[0].entry.empty());
  EXPECT_EQ(running.phases[0].weights, (std::vector<std::uint32_t>{500'000, 500'000}));
}

}  // namespace
}  // namespace touchstone::app
