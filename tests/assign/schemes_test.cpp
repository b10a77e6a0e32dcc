// The schemes beside touchstone-1 that own experiments can choose.

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "assign/growthbook/own_scheme.hpp"
#include "assign/keyed_draw.hpp"
#include "sdk/wire/document_node.hpp"
#include "tests/assign/documents.hpp"

namespace touchstone::assign {
namespace {

using tests::compiled;
using tests::one_experiment;
using tests::User;
using wire::Node;

const Node& vectors() {
  static const Node all = [] {
    std::ifstream file(TOUCHSTONE_SOURCE_DIR "/tests/vectors/touchstone-1k.json");
    return Node::parse(file);
  }();
  return all;
}

/// 00 01 ... 0f, as the vectors say.
DrawKey counting_key() {
  DrawKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(i);
  return key;
}

// Expected values: tests/vectors/reference_1k.py, which is checked against the example of SipHash's authors.
TEST(Touchstone1k, DrawsAsTheGoldenVectorsSay) {
  const auto key = counting_key();
  for (const auto& test : vectors()["draws"])
    EXPECT_EQ(KeyedDraw(key, test[0].get<std::string>())(test[1].get<std::string>()), test[2].get<Slot>()) << test;
  EXPECT_GE(vectors()["draws"].size(), 1'000U);
}

TEST(Touchstone1k, AssignsByTheKeyAndNobodyWithoutIt) {
  auto document = one_experiment();
  document.experiments["e"].scheme = "touchstone-1k";
  document.experiments["e"].entry = {{0, 500'000}};
  const auto key = counting_key();
  const auto keyed = Snapshot::compile(document, key);
  ASSERT_TRUE(keyed);
  const KeyedDraw layer(key, document.layers["main"].salt);
  const KeyedDraw choice(key, document.experiments["e"].salt);
  const auto plain = compiled(document);
  for (int i = 0; i < 2'000; ++i) {
    const auto id = "u" + std::to_string(i);
    const auto decision = decide_experiment(**keyed, "e", User(id).view());
    const std::string expected = layer(id) >= 500'000 ? "" : choice(id) < 500'000 ? "control" : "treatment";
    EXPECT_EQ(decision.variant, expected) << id;
    EXPECT_EQ(decide_experiment(*plain, "e", User(id).view()).cause, Cause::external);
  }
}

TEST(GrowthBook2, StepsHoldEntryWithoutTheHoldoutAndEveryRangeOfTheMap) {
  auto document = one_experiment();
  auto& experiment = document.experiments["e"];
  document.layers["main"].holdout = {{200'000, 300'000}};
  experiment.entry = {{0, 250'000}, {290'000, 400'000}};
  experiment.slots = {{0, 300'000, 1}, {300'000, slot_count, 0}};
  EXPECT_EQ(growthbook::entered_slots(document.layers["main"], experiment),
            (SlotRanges{{0, 200'000}, {300'000, 400'000}}));
  const auto program = growthbook::own_program(document.layers["main"], experiment);
  EXPECT_TRUE(well_formed(program));
  ASSERT_EQ(program.steps.size(), 2U);
  EXPECT_EQ(program.steps[0].bands.size(), 2U);
  EXPECT_EQ(program.steps[1].bands[0].upper, 0.3);
  experiment.scheme = "growthbook-2";
  const auto snapshot = compiled(document);
  std::size_t in = 0;
  for (int i = 0; i < 10'000; ++i)
    in += decide_experiment(*snapshot, "e", User("u" + std::to_string(i)).view()).variant.empty() ? 0U : 1U;
  EXPECT_NEAR(static_cast<double>(in), 3'000.0, 230.0);  // five standard deviations
}

TEST(GrowthBook2, CannotLeaveOutAHoldoutOfTheEnvironment) {
  auto document = one_experiment();
  document.experiments["e"].scheme = "growthbook-2";
  document.holdouts["year"] = {tests::salt(7), {{0, 1'000}}};
  const auto refused = Snapshot::compile(document);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().pointer, "/experiments/e/scheme");
}

}  // namespace
}  // namespace touchstone::assign
