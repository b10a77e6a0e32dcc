#include "storage/writer.hpp"

#include <algorithm>
#include <future>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "storage/journal.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

std::string spell(const Result<std::vector<ItemVerdict>>& verdicts) {
  if (!verdicts) return "error: " + verdicts.error().message;
  std::string text;
  for (const ItemVerdict& item : *verdicts) {
    text += item.conflict ? 'c' : "sdqr"[static_cast<std::size_t>(item.verdict)];
  }
  return text;
}

class WriterTest : public ::testing::Test {
 protected:
  WriterTest() : directory_(place_.open()) { open(); }

  void open(WriterOptions options = {}) {
    writer_.reset();
    options.now = [this] { return now_; };
    if (!options.on_committed) {
      options.on_committed = [this](std::uint32_t, std::span<const StoredEvent> rows) {
        for (const StoredEvent& row : rows) committed_.push_back(line(row));
      };
    }
    writer_ = Writer::open(directory_, std::move(options)).value();
  }

  std::string send(const std::vector<Event>& events, std::uint32_t environment = 1, std::optional<Time> sent_at = {}) {
    return spell(writer_->submit_and_wait({environment, 0, sent_at, 0, batch_of(events)}));
  }

  /// All that is stored, in order of seq.
  std::vector<StoredBatch> journal(std::optional<std::uint32_t> environment = {}) {
    std::vector<StoredBatch> all;
    JournalRange range;
    range.environment = environment;
    const Status read = JournalReader(directory_).scan(range, [&](std::uint32_t, StoredBatch&& batch) {
      all.push_back(std::move(batch));
      return true;
    });
    EXPECT_TRUE(read.ok()) << read.error().message;
    return all;
  }

  /// What was stored, without its order.
  std::vector<std::string> stored_set() {
    std::vector<std::string> set;
    for (const StoredBatch& batch : journal()) {
      for (const StoredEvent& row : batch.events) set.push_back(line(row.event));
    }
    std::sort(set.begin(), set.end());
    return set;
  }

  TemporaryPlace place_;
  Directory directory_;
  Time now_ = kNoon;
  std::vector<std::string> committed_;
  std::unique_ptr<Writer> writer_;
};

TEST_F(WriterTest, StoresOnceAndSaysSo) {
  EXPECT_EQ(send({purchase("a", "u", kNoon), purchase("b", "u", kNoon)}), "ss");
  EXPECT_EQ(send({purchase("a", "u", kNoon), purchase("c", "u", kNoon), purchase("c", "u", kNoon)}), "dsd");
  EXPECT_EQ(stored_set().size(), 3U);
  EXPECT_EQ(writer_->ledger(1), (Ledger{3, 2, 0, 0, 0}));
  EXPECT_EQ(writer_->ledger(1).sent(), 5U);
}

TEST_F(WriterTest, AnswersOtherContentUnderAKnownIdentityAsConflictAndKeepsTheFirst) {
  EXPECT_EQ(send({purchase("a", "u", kNoon, 1.0)}), "s");
  EXPECT_EQ(send({purchase("a", "u", kNoon, 2.0)}), "c");
  EXPECT_EQ(writer_->ledger(1), (Ledger{1, 1, 1, 0, 0}));
  EXPECT_EQ(journal()[0].events[0].event.value, 1.0);
}

TEST_F(WriterTest, TellsEnvironmentsAndDaysApart) {
  EXPECT_EQ(send({purchase("a", "u", kNoon)}, 1), "s");
  EXPECT_EQ(send({purchase("a", "u", kNoon)}, 2), "s");
  EXPECT_EQ(send({purchase("a", "u", kNoon - hours(24))}, 1), "s");
  EXPECT_EQ(journal(2).size(), 1U);
  EXPECT_EQ(journal(2)[0].events.size(), 1U);
}

TEST_F(WriterTest, KnowsEventsWithoutIdByTheirContent) {
  EXPECT_EQ(send({purchase("", "u", kNoon, 1), purchase("", "u", kNoon, 2), purchase("", "u", kNoon, 1)}), "ssd");
}

TEST_F(WriterTest, CorrectsAClockThatIsWrongAndKeepsAllTimes) {
  const Time sent_at = kNoon - hours(2);
  EXPECT_EQ(send({purchase("a", "u", sent_at - seconds(10))}, 1, sent_at), "s");
  const auto batches = journal();
  const StoredEvent& row = batches[0].events[0];
  EXPECT_EQ(row.te, kNoon - seconds(10));
  EXPECT_EQ(row.event.ts, sent_at - seconds(10));
  EXPECT_EQ(row.received, kNoon);
}

TEST(EffectiveTime, BelievesAClockUpToFiveMinutes) {
  const Time ts = kNoon - hours(1);
  EXPECT_EQ(effective_time(ts, std::nullopt, kNoon), ts);
  EXPECT_EQ(effective_time(ts, kNoon - seconds(300), kNoon), ts);
  EXPECT_EQ(effective_time(ts, kNoon + seconds(300), kNoon), ts);
  EXPECT_EQ(effective_time(ts, kNoon - seconds(301), kNoon), ts + seconds(301));
  EXPECT_EQ(effective_time(ts, kNoon + seconds(301), kNoon), ts - seconds(301));
}

TEST_F(WriterTest, SetsAsideWhatLiesMoreThanADayAhead) {
  EXPECT_EQ(send({purchase("edge", "u", kNoon + hours(24)), purchase("far", "u", kNoon + hours(24) + Micros(1))}),
            "sq");
  EXPECT_EQ(send({purchase("far", "u", kNoon + hours(24) + Micros(1))}), "q");
  EXPECT_EQ(writer_->ledger(1), (Ledger{1, 0, 0, 2, 0}));
  const auto aside = Catalogue::read(directory_).value()->quarantined(1, 0, 10).value();
  ASSERT_EQ(aside.size(), 1U);
  EXPECT_EQ(aside[0].batch.events[0].event.id, "far");
  now_ += hours(1);
  EXPECT_EQ(send({purchase("far", "u", kNoon + hours(24) + Micros(1))}), "s");
}

TEST_F(WriterTest, CountsWhatCodecRefused) {
  EXPECT_EQ(spell(writer_->submit_and_wait({1, 0, {}, 3, batch_of({purchase("a", "u", kNoon)})})), "s");
  EXPECT_EQ(spell(writer_->submit_and_wait({1, 0, {}, 2, {}})), "");
  EXPECT_EQ(writer_->ledger(1), (Ledger{1, 0, 0, 0, 5}));
}

TEST_F(WriterTest, CountsByHourKeyAndExperiment) {
  const auto from = [this](std::uint32_t key, const std::vector<Event>& events) {
    return spell(writer_->submit_and_wait({1, key, {}, key, batch_of(events)}));
  };
  const auto all = one_of_each();
  EXPECT_EQ(from(3, all), "ssss");
  now_ += hours(1);
  EXPECT_EQ(from(4, {all[0], purchase("n", "u", kNoon)}), "ds");
  const Time noon = kNoon;
  EXPECT_EQ(JournalReader(directory_).ledger(1, noon, noon + hours(2)).value(),
            (std::vector<LedgerLine>{{noon, 3, "", {3, 0, 0, 0, 3}},
                                     {noon, 3, "checkout", {1, 0, 0, 0, 0}},
                                     {noon + hours(1), 4, "", {1, 0, 0, 0, 4}},
                                     {noon + hours(1), 4, "checkout", {0, 1, 0, 0, 0}}}));
  EXPECT_EQ(JournalReader(directory_).ledger(1, noon + hours(1), noon + hours(2))->size(), 2U);
  EXPECT_EQ(writer_->ledger(1).sent(), 13U);
  const auto live = writer_->ledger_sums(1);
  writer_.reset();
  const auto read = JournalReader(directory_).ledgers().value().at(1);
  EXPECT_EQ(read.keys(), live.keys());
  EXPECT_EQ(read.exposures(), live.exposures());
}

TEST_F(WriterTest, TakesTimesThatWereFixedBefore) {
  EventSubmission submission{1, 0, {}, 0, batch_of({purchase("far", "u", kNoon + hours(24 * 365))})};
  submission.te = {kNoon - hours(1)};
  EXPECT_EQ(spell(writer_->submit_and_wait(std::move(submission))), "s");
  EXPECT_EQ(journal()[0].events[0].te, kNoon - hours(1));
  EXPECT_EQ(send({purchase("far", "u", kNoon + hours(24 * 365))}), "q") << "the retry of it says its own time";
}

TEST_F(WriterTest, RemembersEverythingAfterARestart) {
  EXPECT_EQ(send({purchase("a", "u", kNoon), purchase("old", "u", kNoon - hours(24 * 90))}), "ss");
  EXPECT_EQ(send({purchase("a", "u", kNoon)}), "d");
  open();
  EXPECT_EQ(writer_->ledger(1), (Ledger{2, 1, 0, 0, 0}));
  EXPECT_EQ(
      send({purchase("old", "u", kNoon - hours(24 * 90)), purchase("a", "u", kNoon, 5), purchase("b", "u", kNoon)}),
      "dcs");
  EXPECT_EQ(writer_->state().last_seq, 3U);
  EXPECT_TRUE(JournalReader(directory_).verify().ok());
}

TEST_F(WriterTest, ShowsEachStoredEventOnceBeforeItIsAnswered) {
  std::vector<std::size_t> shown_when_answered;
  for (int i = 0; i < 3; ++i) {
    send({purchase("e" + std::to_string(i), "u", kNoon), purchase("same", "u", kNoon)});
    shown_when_answered.push_back(committed_.size());
  }
  EXPECT_EQ(shown_when_answered, (std::vector<std::size_t>{2, 3, 4}));
  std::vector<std::string> read;
  for (const StoredBatch& batch : journal()) {
    for (const StoredEvent& row : batch.events) read.push_back(line(row));
  }
  EXPECT_EQ(committed_, read);
}

/// Six thousand distinct events over forty days, some without id; delivered in some way.
class DeliveryTest : public WriterTest {
 protected:
  DeliveryTest() {
    for (int i = 0; i < 6000; ++i) {
      names_.push_back(i % 5 == 0 ? "" : "id" + std::to_string(i));
      units_.push_back("u" + std::to_string(i % 700));
    }
    for (std::size_t i = 0; i < names_.size(); ++i) {
      events_.push_back(purchase(names_[i], units_[i], kNoon - hours(i % 960) + Micros(i), static_cast<double>(i)));
      expected_.push_back(line(events_.back()));
    }
    std::sort(expected_.begin(), expected_.end());
  }

  void deliver(std::vector<Event> events, std::size_t batch) {
    for (std::size_t at = 0; at < events.size(); at += batch) {
      const auto first = events.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = first + static_cast<std::ptrdiff_t>(std::min(batch, events.size() - at));
      ASSERT_EQ(send({first, last}).find_first_not_of("sd"), std::string::npos);
    }
  }

  std::vector<std::string> names_;
  std::vector<std::string> units_;
  std::vector<Event> events_;
  std::vector<std::string> expected_;
};

TEST_F(DeliveryTest, InOrder) {
  deliver(events_, 1000);
  EXPECT_EQ(stored_set(), expected_);
}

TEST_F(DeliveryTest, ShuffledTripledAndSplitAnewWithARestartBetween) {
  std::mt19937 random(20261121);
  auto all = events_;
  all.insert(all.end(), events_.begin(), events_.end());
  std::shuffle(all.begin(), all.end(), random);
  WriterOptions little_memory;
  little_memory.dedupe_bytes = 40'000;  // a fraction of the forty days
  open(little_memory);
  deliver({all.begin(), all.begin() + 7000}, 313);
  open(little_memory);
  deliver({all.begin() + 7000, all.end()}, 777);
  deliver(events_, 1000);
  EXPECT_EQ(stored_set(), expected_);
  EXPECT_EQ(writer_->ledger(1), (Ledger{6000, 12'000, 0, 0, 0}));
}

TEST_F(DeliveryTest, ByManyAtOnce) {
  std::vector<std::thread> senders;
  for (unsigned seed = 0; seed < 4; ++seed) {
    senders.emplace_back([this, seed] {
      std::mt19937 random(seed);
      auto mine = events_;
      std::shuffle(mine.begin(), mine.end(), random);
      deliver(mine, 200 + 100 * seed);
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(stored_set(), expected_);
  EXPECT_EQ(writer_->ledger(1), (Ledger{6000, 18'000, 0, 0, 0}));
}

/// Holds the writer thread inside a command until released.
class HeldWriterTest : public WriterTest {
 protected:
  void hold() {
    std::promise<void> entered;
    auto in = entered.get_future();
    ASSERT_TRUE(writer_
                    ->change(
                        [this, &entered](Catalogue&) {
                          entered.set_value();
                          release_.get_future().wait();
                          return ok();
                        },
                        [](const Status&) {})
                    .ok());
    in.wait();
  }

  std::promise<void> release_;
};

TEST_F(HeldWriterTest, RefusesWhatTheQueueCannotHoldAndKeepsWhatItTook) {
  WriterOptions options;
  options.queue_events = 10;
  open(options);
  hold();
  std::vector<std::future<std::string>> answers;
  Status last = ok();
  for (int i = 0; i < 11; ++i) {
    auto answer = std::make_shared<std::promise<std::string>>();
    auto future = answer->get_future();
    last = writer_->submit({1, 0, {}, 0, batch_of({purchase("e" + std::to_string(i), "u", kNoon)})},
                           [answer](auto verdicts) { answer->set_value(spell(verdicts)); });
    if (last.ok()) answers.push_back(std::move(future));
  }
  ASSERT_FALSE(last.ok());
  EXPECT_EQ(last.error().code, ErrorCode::unavailable);
  EXPECT_EQ(writer_->state().queued_events, 10U);
  release_.set_value();
  ASSERT_EQ(answers.size(), 10U);
  for (auto& answer : answers) EXPECT_EQ(answer.get(), "s");
  EXPECT_EQ(writer_->state().commits, 1U);
  EXPECT_EQ(send({purchase("later", "u", kNoon)}), "s");
}

TEST_F(HeldWriterTest, FinishesWhatIsQueuedWhenItStops) {
  hold();
  std::atomic<int> answered = 0;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(writer_
                    ->submit({1, 0, {}, 0, batch_of({purchase("e" + std::to_string(i), "u", kNoon)})},
                             [&](const auto& verdicts) { answered += spell(verdicts) == "s" ? 1 : 0; })
                    .ok());
  }
  std::thread stopping([this] { writer_->stop(); });
  release_.set_value();
  stopping.join();
  EXPECT_EQ(answered, 50);
  EXPECT_EQ(stored_set().size(), 50U);
  EXPECT_EQ(send({purchase("late", "u", kNoon)}), "error: shutting down");
}

TEST_F(WriterTest, ChangesTheCatalogueBetweenGroups) {
  std::uint32_t environment = 0;
  ASSERT_TRUE(writer_
                  ->change_and_wait([&](Catalogue& catalogue) -> Status {
                    const auto made = catalogue.create_environment("default", "production");
                    if (!made) return made.error();
                    environment = made->id;
                    return ok();
                  })
                  .ok());
  EXPECT_EQ(Catalogue::read(directory_).value()->environment("default", "production")->id, environment);
  const Status again = writer_->change_and_wait([&](Catalogue& catalogue) -> Status {
    const auto made = catalogue.create_environment("default", "production");
    return made ? ok() : Status(made.error());
  });
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(writer_->state().trouble, "");
}

TEST_F(WriterTest, WaitsALittleForMoreWhenAsked) {
  WriterOptions options;
  options.linger = Micros(2000);
  open(options);
  EXPECT_EQ(send({purchase("a", "u", kNoon)}), "s");
}

TEST_F(WriterTest, KeepsMonthsApartWhileTheClockMoves) {
  EXPECT_EQ(send({purchase("a", "u", kNoon)}), "s");
  now_ += hours(24 * 15);
  EXPECT_EQ(send({purchase("a", "u", kNoon), purchase("b", "u", kNoon)}), "ds");
  now_ -= hours(24 * 365);
  EXPECT_EQ(send({purchase("a", "u", kNoon), purchase("c", "u", kNoon - hours(24 * 366))}), "qs");
  EXPECT_EQ(stored_set().size(), 3U);
  open();
  EXPECT_EQ(writer_->state().last_seq, 3U);
}

}  // namespace
}  // namespace touchstone::storage
