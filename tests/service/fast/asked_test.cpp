#include "service/fast/asked.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "service/fast/view.hpp"

namespace touchstone::fast {
namespace {

std::shared_ptr<const assign::Snapshot> snapshot_of(std::initializer_list<const char*> flags) {
  assign::SnapshotDocument document;
  for (const auto* key : flags) {
    auto& flag = document.flags[key];
    flag.off = flag.default_value = "false";
  }
  return assign::Snapshot::compile(document).value();
}

TEST(FastAsked, RemembersHowEachFlagWasAskedFor) {
  const Asked asked(snapshot_of({"alone", "both", "listed", "nobody"}));
  asked.singly("alone");
  asked.singly("both");
  asked.in_bulk("both");
  asked.in_bulk("listed");
  asked.in_bulk("unknown");
  EXPECT_EQ(asked.ways("alone"), (WaysAsked{true, false}));
  EXPECT_EQ(asked.ways("both"), (WaysAsked{true, true}));
  EXPECT_EQ(asked.ways("listed"), (WaysAsked{false, true}));
  EXPECT_EQ(asked.ways("nobody"), WaysAsked{});
  EXPECT_EQ(asked.ways("unknown"), WaysAsked{});
}

TEST(FastAsked, WhoAsksForAllAsksForEach) {
  const Asked asked(snapshot_of({"a", "b"}));
  asked.all_in_bulk();
  EXPECT_TRUE(asked.ways("a").in_bulk);
  EXPECT_TRUE(asked.ways("b").in_bulk);
  EXPECT_FALSE(asked.ways("unknown").in_bulk);
}

TEST(FastAsked, TheNextSnapshotKeepsWhatIsKnownOfItsFlagsAndNothingOfNewOnes) {
  View view;
  view.put(1, snapshot_of({"a", "b"}));
  view.ways_asked(1)->singly("b");
  view.ways_asked(1)->all_in_bulk();
  view.put(1, snapshot_of({"a0", "b"}));
  EXPECT_EQ(view.ways_asked(1)->ways("b"), (WaysAsked{true, true}));
  EXPECT_EQ(view.ways_asked(1)->ways("a0"), WaysAsked{}) << "nobody has asked for it yet";
  EXPECT_EQ(view.ways_asked(1)->ways("a"), WaysAsked{});
  EXPECT_EQ(view.ways_asked(0), nullptr);
}

}  // namespace
}  // namespace touchstone::fast
