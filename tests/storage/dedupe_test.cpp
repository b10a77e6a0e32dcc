#include "storage/dedupe.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace touchstone::storage {
namespace {

Day day(int number) { return Day{std::chrono::days(number)}; }

TEST(IdentitySet, IsASetWhateverTheHashesAre) {
  std::mt19937_64 random(7);
  IdentitySet set;
  std::map<Fingerprint, std::uint64_t> oracle;
  for (int i = 0; i < 20'000; ++i) {
    // Few distinct values, and half of them crowded at the end of the table, where probing wraps around.
    Fingerprint name{random() % 300, 1 + random() % 3 + (random() % 2 << 63U)};
    if (random() % 2 == 0) name.low = ~name.low;
    const Identity identity{name, random()};
    const auto [known, fresh] = oracle.emplace(name, identity.content);
    const std::uint64_t* content = set.insert(identity);
    ASSERT_EQ(content == nullptr, fresh);
    ASSERT_EQ(content == nullptr ? identity.content : *content, known->second);
  }
  EXPECT_EQ(set.size(), oracle.size());
}

TEST(IdentitySet, GrowsALittleAtATime) {
  std::mt19937_64 random(8);
  IdentitySet set;
  std::map<int, int> growths;  // by hundredths of the insertions
  for (int i = 0; i < 800'000; ++i) {
    const std::size_t before = set.bytes();
    set.insert({{random(), random()}, 0});
    if (i < 400'000 || set.bytes() == before) continue;
    ASSERT_LT(set.bytes() - before, set.bytes() / 100);
    ++growths[i / 8'000];
  }
  int most = 0;
  for (const auto& [hundredth, count] : growths) most = std::max(most, count);
  EXPECT_LT(most, 16) << "of 64 parts while a hundredth of all came";
  EXPECT_LT(set.bytes(), 41U * set.size());
}

TEST(IdentitySet, HoldsTheFingerprintOfAllZeros) {
  IdentitySet set;
  EXPECT_EQ(set.insert({{0, 0}, 5}), nullptr);
  ASSERT_NE(set.insert({{0, 0}, 6}), nullptr);
  EXPECT_EQ(*set.insert({{0, 0}, 6}), 5U);
}

/// Stands for the journal: what was settled, by day.
class DedupeTest : public ::testing::Test {
 protected:
  Dedupe::Seen insert(Dedupe& dedupe, int on, Identity identity) {
    EXPECT_TRUE(dedupe.prepare(day(on)).ok());
    const auto seen = dedupe.insert(day(on), identity);
    if (seen == Dedupe::Seen::fresh) pending_.emplace_back(on, identity);
    return seen;
  }

  void settle(Dedupe& dedupe) {
    for (const auto& [on, identity] : pending_) journal_[on].push_back(identity);
    pending_.clear();
    dedupe.settle();
  }

  Dedupe make(std::size_t budget) {
    return {budget, [this](Day on, const std::function<void(const Identity&)>& see) -> Status {
              ++loads_;
              for (const Identity& identity : journal_[static_cast<int>(on.time_since_epoch().count())]) see(identity);
              return ok();
            }};
  }

  std::map<int, std::vector<Identity>> journal_;
  std::vector<std::pair<int, Identity>> pending_;
  int loads_ = 0;
};

TEST_F(DedupeTest, TellsFreshSameAndConflicting) {
  Dedupe dedupe = make(1U << 20U);
  EXPECT_EQ(insert(dedupe, 1, {{1, 1}, 5}), Dedupe::Seen::fresh);
  EXPECT_EQ(insert(dedupe, 1, {{1, 1}, 5}), Dedupe::Seen::same);
  EXPECT_EQ(insert(dedupe, 1, {{1, 1}, 6}), Dedupe::Seen::conflict);
  EXPECT_EQ(insert(dedupe, 2, {{1, 1}, 5}), Dedupe::Seen::fresh);
}

TEST_F(DedupeTest, RemembersForEverWithinItsBudget) {
  constexpr std::size_t budget = std::size_t{64} * 1024;
  Dedupe dedupe = make(budget);
  for (int round = 0; round < 2; ++round) {
    for (int on = 0; on < 50; ++on) {
      for (std::uint64_t i = 0; i < 300; ++i) {
        const auto seen = insert(dedupe, on, {{i << 40U, 1}, 0});
        ASSERT_EQ(seen, round == 0 ? Dedupe::Seen::fresh : Dedupe::Seen::same) << on;
      }
      settle(dedupe);
      ASSERT_LE(dedupe.bytes(), budget);
    }
  }
}

TEST_F(DedupeTest, ReadsNothingForADayInMemory) {
  Dedupe dedupe = make(1U << 20U);
  for (std::uint64_t i = 0; i < 100; ++i) insert(dedupe, 1, {{i, 1}, 0});
  settle(dedupe);
  for (std::uint64_t i = 0; i < 100; ++i) insert(dedupe, 1, {{i, 1}, 0});
  EXPECT_EQ(loads_, 1);
}

TEST_F(DedupeTest, TwoDaysInTurnAreReadOnceHoweverLarge) {
  Dedupe dedupe = make(1);
  for (std::uint64_t group = 0; group < 20; ++group) {
    insert(dedupe, 1 + static_cast<int>(group % 2), {{group, 1}, 0});
    settle(dedupe);
  }
  EXPECT_EQ(loads_, 2);
  insert(dedupe, 3, {{1, 1}, 0});
  settle(dedupe);
  EXPECT_EQ(insert(dedupe, 1, {{0, 1}, 0}), Dedupe::Seen::same);
  EXPECT_EQ(loads_, 4) << "a third day takes the place of the one that was touched before the others";
}

TEST_F(DedupeTest, ForgetsAGroupThatDidNotReachTheJournal) {
  Dedupe dedupe = make(1U << 20U);
  insert(dedupe, 1, {{1, 1}, 0});
  settle(dedupe);
  insert(dedupe, 1, {{2, 1}, 0});
  pending_.clear();
  dedupe.abandon();
  EXPECT_EQ(insert(dedupe, 1, {{1, 1}, 0}), Dedupe::Seen::same);
  EXPECT_EQ(insert(dedupe, 1, {{2, 1}, 0}), Dedupe::Seen::fresh);
}

TEST_F(DedupeTest, DoesNotGuessWhereADayCannotBeRead) {
  Dedupe dedupe(1000, [](Day, const auto&) -> Status { return Error{ErrorCode::unavailable, "disk", {}, {}}; });
  EXPECT_FALSE(dedupe.prepare(day(1)).ok());
}

}  // namespace
}  // namespace touchstone::storage
