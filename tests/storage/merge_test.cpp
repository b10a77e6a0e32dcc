#include "storage/merge.hpp"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "storage/catalogue.hpp"
#include "storage/erased_units.hpp"
#include "storage/examine.hpp"
#include "storage/journal.hpp"
#include "storage/merge_finder.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/writer.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

constexpr MergeRules kRules{.rows = 100, .small_rows = 8, .small_run = 4, .share = 1};
constexpr Time kDecember = kNoon + std::chrono::hours(24 * 20);

/// Rows of the segments that are joined, of segments with these rows that follow each other.
std::vector<std::uint32_t> joined(const std::vector<std::uint32_t>& rows, bool closed = false) {
  std::vector<SegmentSize> segments;
  for (const std::uint32_t count : rows) segments.push_back({segments.size() + 1, segments.size() + 1, count, 0});
  std::vector<std::uint32_t> found;
  for (const SegmentSize& one : first_to_join(segments, kRules, closed)) found.push_back(one.rows);
  return found;
}

using Rows = std::vector<std::uint32_t>;

TEST(FirstToJoin, WaitsForEnoughRows) {
  EXPECT_EQ(joined({}), Rows{});
  EXPECT_EQ(joined({60, 30}), Rows{});
  EXPECT_EQ(joined({60, 30, 10, 5}), (Rows{60, 30, 10}));
  EXPECT_EQ(joined({99, 99}), (Rows{99, 99}));
}

TEST(FirstToJoin, LeavesFullOnesAndDoesNotReachOverThem) {
  EXPECT_EQ(joined({100, 2000}), Rows{});
  EXPECT_EQ(joined({100, 60, 60}), (Rows{60, 60}));
  EXPECT_EQ(joined({60, 20, 100, 70}), (Rows{60, 20})) << "nothing will come between them any more";
  EXPECT_EQ(joined({60, 100, 20}), Rows{});
}

TEST(FirstToJoin, TakesManySmallOnesBeforeThereAreEnoughRows) {
  EXPECT_EQ(joined({1, 1, 1}), Rows{});
  EXPECT_EQ(joined({1, 2, 3, 4, 5}), (Rows{1, 2, 3, 4}));
  EXPECT_EQ(joined({9, 1, 1, 9, 1, 1, 1, 1}), (Rows{1, 1, 1, 1}));
}

TEST(FirstToJoin, TakesTheRestOfAClosedFile) {
  EXPECT_EQ(joined({1, 9}, true), (Rows{1, 9}));
  EXPECT_EQ(joined({9}, true), Rows{});
}

class MergeTest : public ::testing::Test {
 protected:
  MergeTest() : directory_(place_.open()) { EXPECT_TRUE(Catalogue::open(directory_).ok()); }

  std::vector<std::uint32_t> rows(std::uint32_t environment, const char* file = "journal-2026-11.db") {
    const sqlite::Handle db(place_.data() / file, sqlite::Access::read);
    sqlite::Statement ask(db, "SELECT rows FROM segment WHERE environment = ?1 ORDER BY first_seq");
    std::vector<std::uint32_t> all;
    for (auto row = ask(environment); row.step();) all.push_back(row.number<std::uint32_t>(0));
    return all;
  }

  std::vector<std::string> events(std::optional<std::uint32_t> environment = {}) {
    std::vector<std::string> all;
    JournalRange range;
    range.environment = environment;
    const Status read = JournalReader(directory_).scan(range, [&](std::uint32_t, StoredBatch&& batch) {
      for (const StoredEvent& row : batch.events) all.push_back(line(row));
      return true;
    });
    EXPECT_TRUE(read.ok()) << read.error().message;
    return all;
  }

  std::string problems() {
    std::string all;
    for (const Finding& finding : examine(place_.data(), kDecember))
      if (finding.level == Finding::Level::problem) all += finding.subject + ": " + finding.text + "\n";
    return all;
  }

  TemporaryPlace place_;
  Directory directory_;
};

/// By the journal itself, step by step.
class MergeByHandTest : public MergeTest {
 protected:
  MergeByHandTest() : journal_(Journal::open(directory_).value()), finder_(place_.data(), kRules) {}

  void append(std::uint32_t environment, int count, Time received = kNoon, std::string_view unit = "u") {
    std::vector<Event> events(static_cast<std::size_t>(count), purchase("", unit, received));
    for (Event& event : events)
      event.ts += Micros{journal_.last_seq() + static_cast<std::uint64_t>(&event - events.data())};
    const auto rows = stored(events, journal_.last_seq() + 1);
    const JournalEntry entry{environment, rows, {{.counts = {rows.size(), 0, 0, 0, 0}}}};
    ASSERT_TRUE(journal_.append(received, {&entry, 1}).ok());
  }

  /// Until there is nothing to do.
  int merge_all() {
    int merges = 0;
    for (auto found = finder_.next().value(); found; found = finder_.next().value()) {
      EXPECT_TRUE(journal_.merge(*found).value());
      ++merges;
    }
    return merges;
  }

  Journal journal_;
  MergeFinder finder_;
};

TEST_F(MergeByHandTest, KeepsEveryEventOfEnvironmentsThatTakeTurns) {
  for (int turn = 0; turn < 30; ++turn) {
    append(1, 9 + turn % 3);
    append(2, 15);
  }
  const auto first = events(1);
  const auto second = events(2);
  EXPECT_EQ(merge_all(), 2 + 4);  // 109 + 101 rows, and 4 times 105
  EXPECT_EQ(rows(2), (Rows{105, 105, 105, 105, 15, 15}));
  EXPECT_EQ(events(1), first);
  EXPECT_EQ(events(2), second);
  auto all = events();
  EXPECT_EQ(all.size(), first.size() + second.size());
  EXPECT_EQ(problems(), "");
  EXPECT_TRUE(JournalReader(directory_).verify().ok());
  const auto last = journal_.last_seq();
  journal_ = Journal::open(directory_).value();
  EXPECT_EQ(journal_.last_seq(), last);
  EXPECT_EQ(JournalReader(directory_).last_seq().value(), last);
}

TEST_F(MergeByHandTest, WhoReadsMeanwhileMeetsEveryEventOnce) {
  for (int turn = 0; turn < 40; ++turn) append(1 + static_cast<std::uint32_t>(turn) % 2, 9);
  const auto before = events(1);
  for (std::size_t stop = 1; stop < 20; stop += 6) {
    std::vector<std::string> read;
    std::size_t calls = 0;
    JournalReader reader(directory_);
    ASSERT_TRUE(reader
                    .scan({.environment = 1},
                          [&](std::uint32_t, StoredBatch&& batch) {
                            for (const StoredEvent& row : batch.events) read.push_back(line(row));
                            if (++calls == stop) merge_all();
                            return true;
                          })
                    .ok());
    EXPECT_EQ(read, before);
    append(2, 9);  // there is always more to be joined
  }
}

TEST_F(MergeByHandTest, ReadsFromTheMiddleOfAJoinedSegment) {
  for (int turn = 0; turn < 12; ++turn) append(1, 10);
  merge_all();
  ASSERT_EQ(rows(1), (Rows{100, 10, 10}));
  std::vector<std::uint64_t> seqs;
  ASSERT_TRUE(JournalReader(directory_)
                  .scan({.from_seq = 98, .to_seq = 102},
                        [&](std::uint32_t, StoredBatch&& batch) {
                          for (const StoredEvent& row : batch.events) seqs.push_back(row.seq);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{98, 99, 100, 101, 102}));
}

TEST_F(MergeByHandTest, JoinsNothingThatChangedSinceItWasRead) {
  for (int turn = 0; turn < 5; ++turn) append(1, 20, kNoon, turn == 2 ? "gone" : "stays");
  const auto found = finder_.next().value();
  ASSERT_TRUE(found);
  ErasedUnits units{FingerprintKey{}};
  units.put(1, Fingerprinter(FingerprintKey{}).unit(1, {"user", "gone"}), 1);
  std::set<Day> days;
  ASSERT_TRUE(journal_.erase(units, FingerprintKey{}, days).ok());
  EXPECT_FALSE(journal_.merge(*found).value());
  EXPECT_EQ(events(1).size(), 80U);
  EXPECT_EQ(rows(1), (Rows{20, 20, 20, 20}));
}

TEST_F(MergeByHandTest, DoesNotReachOverAMonthOfAClockThatWentBack) {
  append(1, 30);
  append(1, 30, kDecember);
  append(1, 30);
  append(1, 30);
  append(1, 60, kDecember);
  append(1, 60, kDecember);
  const auto before = events();
  merge_all();
  EXPECT_EQ(rows(1), (Rows{30, 60})) << "November goes on after 30 of December";
  EXPECT_EQ(rows(1, "journal-2026-12.db"), (Rows{30, 120}));
  EXPECT_EQ(events(), before);
  EXPECT_EQ(problems(), "");
}

TEST_F(MergeByHandTest, TheDayOfAnEventIsFoundInWhatWasJoined) {
  for (int turn = 0; turn < 10; ++turn) append(1, 10, kNoon + std::chrono::hours(24 * (turn % 2)));
  merge_all();
  std::set<std::uint64_t> found;
  ASSERT_TRUE(journal_
                  .scan_day(day_of(kNoon + std::chrono::hours(24)),
                            [&](std::uint32_t, StoredBatch&& batch) {
                              for (const StoredEvent& row : batch.events)
                                if (day_of(row.event.ts) != day_of(kNoon)) found.insert(row.seq);
                              return true;
                            })
                  .ok());
  EXPECT_EQ(found.size(), 50U);
}

/// By the writer and the thread beside it.
class MergingWriterTest : public MergeTest {
 protected:
  void open(const MergeRules& rules) {
    writer_.reset();
    WriterOptions options;
    options.now = [] { return kNoon; };
    options.merges = rules;
    options.on_merged = [this] {
      const std::lock_guard lock(mutex_);
      ++merges_;
      merged_.notify_all();
    };
    writer_ = Writer::open(directory_, std::move(options)).value();
  }

  std::string send(int first, int count, std::uint32_t environment) {
    std::vector<std::string> ids;
    for (int i = first; i < first + count; ++i) ids.push_back(std::to_string(i));
    std::vector<Event> events;
    for (const std::string& id : ids) events.push_back(purchase(id, "u", kNoon));
    std::string told;
    const auto verdicts = writer_->submit_and_wait({environment, 0, {}, 0, batch_of(events)});
    if (!verdicts) return verdicts.error().message;
    for (const ItemVerdict& item : *verdicts) told += item.verdict == EventVerdict::stored ? 's' : 'd';
    return told;
  }

  void wait_for_merges(int count) {
    std::unique_lock lock(mutex_);
    merged_.wait(lock, [&] { return merges_ >= count; });
  }

  std::mutex mutex_;
  std::condition_variable merged_;
  int merges_ = 0;
  std::unique_ptr<Writer> writer_;
};

TEST_F(MergingWriterTest, JoinsWhatItWroteAndKnowsItAgain) {
  open(kRules);
  for (int turn = 0; turn < 60; ++turn) {
    EXPECT_EQ(send(turn * 10, 10, 1), "ssssssssss");
    EXPECT_EQ(send(turn, 1, 2), "s");
  }
  wait_for_merges(6);  // 5 of the first environment, and some of the second
  EXPECT_EQ(send(0, 10, 1), "dddddddddd");
  EXPECT_EQ(events(1).size(), 600U);
  EXPECT_EQ(events(2).size(), 60U);
  EXPECT_LT(rows(1).size(), 60U);
  EXPECT_EQ(problems(), "");
  EXPECT_GE(writer_->state().merges, 6U);
  open({.rows = 0});
  EXPECT_EQ(send(290, 10, 1), "dddddddddd");
}

TEST_F(MergingWriterTest, JoinsAtTheStartWhatAnEarlierProgramLeft) {
  open({.rows = 0});
  for (int turn = 0; turn < 20; ++turn) send(turn * 10, 10, 1);
  EXPECT_EQ(rows(1).size(), 20U);
  open(kRules);
  wait_for_merges(2);
  EXPECT_EQ(rows(1), (Rows{100, 100}));
}

}  // namespace
}  // namespace touchstone::storage
