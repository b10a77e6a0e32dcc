#include "assign/snapshot.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/assign/documents.hpp"

namespace touchstone::assign {
namespace {

using tests::one_experiment;
using tests::salt;
using tests::two_variants;

struct Broken {
  std::function<void(SnapshotDocument&)> change;
  std::string pointer;
};

TEST(Snapshot, RefusesWhatCannotBeDecidedAndSaysWhere) {
  const std::vector<Broken> table = {
      {[](auto& d) { d.layers["main"].salt = "short"; }, "/layers/main/salt"},
      {[](auto& d) {
         d.layers["main"].holdout = {{5, 5}};
       },
       "/layers/main/holdout"},
      {[](auto& d) { d.layers["bad key"] = d.layers["main"]; }, "/layers/bad key"},
      {[](auto& d) {
         d.holdouts["h"] = {salt(9), {{0, slot_count + 1}}};
       },
       "/holdouts/h/slots"},
      {[](auto& d) { d.experiments["e"].scheme = "dice"; }, "/experiments/e/scheme"},
      {[](auto& d) { d.experiments["e"].layer = "other"; }, "/experiments/e/layer"},
      {[](auto& d) { d.experiments["e"].salt = std::string(23, ' '); }, "/experiments/e/salt"},
      {[](auto& d) { d.experiments["e"].salt = d.layers["main"].salt; }, "/experiments/e/salt"},
      {[](auto& d) { d.experiments["e"].unit = ""; }, "/experiments/e/unit"},
      {[](auto& d) { d.experiments["e"].fallback = "no such/type"; }, "/experiments/e/fallback"},
      {[](auto& d) {
         d.experiments["e"].entry = {{2, 3}, {1, 2}};
       },
       "/experiments/e/entry"},
      {[](auto& d) {
         d.experiments["e"].slots = {{0, 2, 0}, {1, 3, 1}};
       },
       "/experiments/e/slots"},
      {[](auto& d) {
         d.experiments["e"].slots = {{0, 2, 2}};
       },
       "/experiments/e/slots"},
      {[](auto& d) {
         d.experiments["e"].variants.clear();
         d.experiments["e"].slots.clear();
       },
       "/experiments/e/variants"},
      {[](auto& d) { d.experiments["e"].variants[1].key = "control"; }, "/experiments/e/variants/1/key"},
      {[](auto& d) { d.experiments["e"].variants[1].values["f"] = "1"; }, "/experiments/e/variants/1/values/f"},
      {[](auto& d) { d.experiments["e"].when = in_segment("gone"); }, "/experiments/e/when/segment"},
      {[](auto& d) {
         d.experiments["e"].overrides = {{all_of({}), "gone"}};
       },
       "/experiments/e/overrides/0/variant"},
      {[](auto& d) { d.segments["s"] = in_segment("s"); }, "/segments/s/segment"},
      {[](auto& d) { d.flags["f"].off = "\"no\""; }, "/flags/f/off"},
      {[](auto& d) { d.flags["f"].default_value = "nope"; }, "/flags/f/default"},
      {[](auto& d) {
         d.flags["f"].rules = {{{}, RunDocument{"gone"}}};
       },
       "/flags/f/rules/0/experiment"},
      {[](auto& d) {
         d.flags["f"].rules = {{{}, GiveDocument{"7"}}};
       },
       "/flags/f/rules/0/value"},
      {[](auto& d) {
         d.flags["f"].rules = {{{}, RolloutDocument{"user", "x", {}, "true"}}};
       },
       "/flags/f/rules/0/rollout/salt"},
  };
  for (const auto& row : table) {
    auto document = one_experiment();
    row.change(document);
    const auto snapshot = Snapshot::compile(document);
    ASSERT_FALSE(snapshot) << row.pointer;
    EXPECT_EQ(snapshot.error().pointer, row.pointer) << snapshot.error().message;
    EXPECT_FALSE(snapshot.error().hint.empty()) << row.pointer;
  }
}

TEST(Snapshot, RefusesTwoExperimentsOnTheSameSlotsOfALayer) {
  auto document = one_experiment();
  document.experiments["e"].entry = {{0, 400'000}};
  document.experiments["second"] = two_variants("main", 3);
  document.experiments["second"].entry = {{400'000, slot_count}};
  EXPECT_TRUE(Snapshot::compile(document));

  document.experiments["second"].entry = {{399'999, slot_count}};
  const auto snapshot = Snapshot::compile(document);
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().code, ErrorCode::conflict);
  EXPECT_EQ(snapshot.error().pointer, "/experiments/second/entry");
}

TEST(Snapshot, KeepsNothingOfTheDocument) {
  auto document = std::make_unique<SnapshotDocument>(one_experiment());
  document->config_version = 4294967310;
  const auto snapshot = tests::compiled(*document);
  document.reset();
  EXPECT_EQ(snapshot->config_version(), 4294967310);
  ASSERT_TRUE(snapshot->flag("f"));
  EXPECT_EQ(snapshot->key(*snapshot->flag("f")), "f");
  ASSERT_TRUE(snapshot->experiment("e"));
  EXPECT_EQ(snapshot->key(*snapshot->experiment("e")), "e");
  EXPECT_FALSE(snapshot->flag("F"));
}

TEST(Snapshot, FindsEachOfManyKeys) {
  SnapshotDocument document;
  for (int i = 0; i < 5'000; ++i)
    document.flags["flag-" + std::to_string(i)] = {ValueType::integer, "0", std::to_string(i), true, {}};
  const auto snapshot = tests::compiled(document);
  ASSERT_EQ(snapshot->flag_count(), 5'000U);
  for (const auto& [key, flag] : document.flags) EXPECT_EQ(snapshot->key(snapshot->flag(key).value()), key);
  EXPECT_FALSE(snapshot->flag("flag-5000"));
}

}  // namespace
}  // namespace touchstone::assign
