#include "storage/journal.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/handle.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

constexpr Time kDecember = kNoon + std::chrono::hours(24 * 20);

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() : directory_(place_.open()), journal_(Journal::open(directory_).value()) {}

  Status append(std::uint32_t environment, const std::vector<Event>& events, Time received = kNoon) {
    const auto rows = stored(events, journal_.last_seq() + 1);
    const JournalEntry entry{environment, rows, {{.counts = {rows.size(), 0, 0, 0, 0}}}};
    return journal_.append(received, {&entry, 1});
  }

  std::vector<std::uint64_t> seqs(const JournalRange& range) {
    std::vector<std::uint64_t> all;
    JournalReader reader(directory_);
    const Status read = reader.scan(range, [&](std::uint32_t, StoredBatch&& batch) {
      for (const auto& row : batch.events) all.push_back(row.seq);
      return true;
    });
    EXPECT_TRUE(read.ok()) << read.error().message;
    return all;
  }

  using Seqs = std::vector<std::uint64_t>;

  TemporaryPlace place_;
  Directory directory_;
  Journal journal_;
};

TEST_F(JournalTest, GivesBackWhatWasAppended) {
  const auto events = one_of_each();
  ASSERT_TRUE(append(4, events).ok());
  JournalReader reader(directory_);
  std::vector<std::string> read;
  ASSERT_TRUE(reader
                  .scan({},
                        [&](std::uint32_t environment, StoredBatch&& batch) {
                          EXPECT_EQ(environment, 4U);
                          read = lines(batch.events);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(read, lines(stored(events)));
}

TEST_F(JournalTest, ReadsRangesOfSeqAndEnvironments) {
  ASSERT_TRUE(append(1, one_of_each()).ok());
  ASSERT_TRUE(append(2, one_of_each()).ok());
  ASSERT_TRUE(append(1, one_of_each()).ok());
  EXPECT_EQ(seqs({}).size(), 12U);
  EXPECT_EQ(seqs({3, 6, {}}), (Seqs{3, 4, 5, 6}));
  EXPECT_EQ(seqs({3, 9, 1}), (Seqs{3, 4, 9}));
  EXPECT_EQ(seqs({1, 100, 2}), (Seqs{5, 6, 7, 8}));
  EXPECT_EQ(seqs({13, 100, {}}), Seqs{});
}

TEST_F(JournalTest, KeepsOneFilePerMonthOfReceiptAndOneOrder) {
  ASSERT_TRUE(append(1, one_of_each(), kNoon).ok());
  ASSERT_TRUE(append(1, one_of_each(), kDecember).ok());
  ASSERT_TRUE(append(1, one_of_each(), kNoon).ok());  // the clock went back
  EXPECT_TRUE(std::filesystem::exists(directory_.path() / "journal-2026-11.db"));
  EXPECT_TRUE(std::filesystem::exists(directory_.path() / "journal-2026-12.db"));
  EXPECT_EQ(seqs({}), (Seqs{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  journal_ = Journal::open(directory_).value();
  EXPECT_EQ(journal_.last_seq(), 12U);
}

TEST_F(JournalTest, ContinuesWhereItStopped) {
  ASSERT_TRUE(append(1, one_of_each()).ok());
  journal_ = Journal::open(directory_).value();
  EXPECT_EQ(journal_.last_seq(), 4U);
  ASSERT_TRUE(append(1, one_of_each()).ok());
  EXPECT_EQ(seqs({}), (Seqs{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(JournalTest, CutsLongRunsIntoSegments) {
  std::vector<Event> events(70'000, purchase("", "u", kNoon));
  ASSERT_TRUE(append(1, events).ok());
  EXPECT_EQ(seqs({}).size(), events.size());
  EXPECT_EQ(journal_.last_seq(), events.size());
}

TEST_F(JournalTest, FindsTheEventsOfADay) {
  ASSERT_TRUE(append(1, {purchase("a", "u", kNoon)}).ok());
  ASSERT_TRUE(append(1, {purchase("b", "u", kNoon - std::chrono::hours(48))}).ok());
  ASSERT_TRUE(append(2, {purchase("c", "u", kNoon)}).ok());
  for (int pass = 0; pass < 2; ++pass) {
    std::string found;
    ASSERT_TRUE(journal_
                    .scan_day(day_of(kNoon),
                              [&](std::uint32_t, StoredBatch&& batch) {
                                for (const auto& row : batch.events) found += row.event.id;
                                return true;
                              })
                    .ok());
    EXPECT_EQ(found, "ac");
    journal_ = Journal::open(directory_).value();
  }
}

TEST_F(JournalTest, AddsUpLedgersOverFiles) {
  const JournalEntry entry{3, {}, {{.counts = {0, 5, 2, 1, 4}}}};
  ASSERT_TRUE(journal_.append(kNoon, {&entry, 1}).ok());
  ASSERT_TRUE(journal_.append(kDecember, {&entry, 1}).ok());
  const auto ledgers = JournalReader(directory_).ledgers().value();
  EXPECT_EQ(ledgers.at(3).total(), (Ledger{0, 10, 4, 2, 8}));
  EXPECT_EQ(ledgers.at(3).total().sent(), 20U);
}

TEST_F(JournalTest, StopsWhenTheVisitorHasEnough) {
  ASSERT_TRUE(append(1, one_of_each()).ok());
  ASSERT_TRUE(append(1, one_of_each()).ok());
  int calls = 0;
  ASSERT_TRUE(JournalReader(directory_).scan({}, [&](auto, auto&&) { return ++calls < 1; }).ok());
  EXPECT_EQ(calls, 1);
}

/// Damage done behind the journal's back to the second of three segments (seq 5 to 8).
struct Damage {
  const char* name;
  const char* sql;
};

class DamageTest : public JournalTest, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamageTest, IsRefusedWithFileAndSeq) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(append(1, one_of_each()).ok());
  {
    sqlite::Handle offline(directory_.path() / "journal-2026-11.db", sqlite::Access::write);
    offline.run(GetParam().sql);
  }
  const Status verified = JournalReader(directory_).verify();
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.error().code, ErrorCode::internal);
  EXPECT_NE(verified.error().message.find("journal-2026-11.db"), std::string::npos) << verified.error().message;
  EXPECT_NE(verified.error().message.find("segment at seq 5"), std::string::npos) << verified.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Journal, DamageTest,
    ::testing::Values(Damage{"body", "UPDATE segment SET body = zeroblob(length(body)) WHERE first_seq = 5"},
                      Damage{"checksum", "UPDATE segment SET crc32 = crc32 + 1 WHERE first_seq = 5"},
                      Damage{"environment", "UPDATE segment SET environment = 2 WHERE first_seq = 5"},
                      Damage{"rows", "UPDATE segment SET rows = 3 WHERE first_seq = 5"},
                      Damage{"range", "UPDATE segment SET last_seq = 7 WHERE first_seq = 5"},
                      Damage{"blank", "UPDATE segment SET body = x'' WHERE first_seq = 5"}),
    [](const auto& one) { return one.param.name; });

TEST_F(JournalTest, DoesNotOpenOverADamagedSegment) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(append(1, one_of_each()).ok());
  {
    sqlite::Handle offline(directory_.path() / "journal-2026-11.db", sqlite::Access::write);
    offline.run("UPDATE segment SET body = zeroblob(length(body)) WHERE first_seq = 9");
  }
  const auto opened = Journal::open(directory_);
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("journal-2026-11.db, segment at seq 9"), std::string::npos)
      << opened.error().message;
}

}  // namespace
}  // namespace touchstone::storage
