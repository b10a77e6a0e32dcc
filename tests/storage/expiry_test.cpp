// What is older than is kept goes: from the files, from quarantine, for good; numbers and counts stay as they were.

#include "storage/expiry.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "storage/examine.hpp"
#include "tests/files_with.hpp"
#include "tests/storage/sample.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

constexpr Time kLater = kNoon + std::chrono::hours(24);

Status order(Writer& writer, Time kept_from) {
  return writer.change_and_wait([&](Catalogue& catalogue) {
    return catalogue.order_expiry({1, kept_from, kNoon + std::chrono::hours(24 * 21), 1, {}});
  });
}

class ExpiryTest : public testing::Test {
 protected:
  ExpiryTest() : before_(all(stocked_.data())) {}

  /// Number and type of each event.
  static std::vector<std::pair<std::uint64_t, EventType>> all(const std::filesystem::path& directory) {
    std::vector<std::pair<std::uint64_t, EventType>> events;
    const Status read = JournalReader(directory).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
      for (const StoredEvent& row : batch.events) events.emplace_back(row.seq, row.event.type);
      return true;
    });
    EXPECT_TRUE(read.ok());
    return events;
  }

  Status expire(Time kept_from) {
    if (Status ordered = order(stocked_.writer(), kept_from); !ordered) return ordered;
    return stocked_.writer().expire_and_wait(1);
  }

  ItemVerdict verdict_on(const Event& event) {
    return stocked_.writer().submit_and_wait({1, 0, {}, 0, batch_of({event})}).value().front();
  }

  std::vector<std::string> problems() {
    std::vector<std::string> found;
    for (const Finding& finding : examine(stocked_.data(), stocked_.now()))
      if (finding.level == Finding::Level::problem) found.push_back(finding.subject + ": " + finding.text);
    return found;
  }

  Stocked stocked_;
  std::vector<std::pair<std::uint64_t, EventType>> before_;
};

TEST_F(ExpiryTest, TakesWhatHappenedAndLeavesWhoSomebodyIs) {
  ASSERT_TRUE(expire(kLater).ok());
  const auto after = all(stocked_.data());
  ASSERT_FALSE(after.empty());
  EXPECT_EQ(after.back(), before_.back()) << "it is younger";
  std::size_t lasting = 0;
  for (const auto& [seq, type] : before_) {
    const bool stays = !expires(type) || seq + 2 > before_.back().first;
    EXPECT_EQ(std::ranges::count(after, std::pair(seq, type)), stays ? 1 : 0) << seq;
    lasting += stays && !expires(type) ? 1U : 0U;
  }
  EXPECT_GT(lasting, 0U) << "links and traits are there";
}

TEST_F(ExpiryTest, NoByteOfTheDirectoryHoldsWhatWent) {
  stocked_.send({purchase("order-0815-of-long-ago", "u1", kNoon)});
  ASSERT_FALSE(files_with(stocked_.data(), "order-0815-of-long-ago").empty());
  ASSERT_TRUE(expire(kLater).ok());
  EXPECT_EQ(files_with(stocked_.data(), "order-0815-of-long-ago"), std::vector<std::string>{});
  stocked_.rest();
  EXPECT_EQ(files_with(stocked_.data(), "order-0815-of-long-ago"), std::vector<std::string>{});
}

TEST_F(ExpiryTest, TakesWhatWasSetAsideTooLong) {
  const auto aside = [&] { return Catalogue::read(stocked_.data()).value()->quarantined(1, 0, 10).value().size(); };
  ASSERT_EQ(aside(), 1U);
  ASSERT_TRUE(expire(kLater).ok());
  EXPECT_EQ(aside(), 0U);
}

TEST_F(ExpiryTest, IsToldByTheDoctor) {
  const auto said = [&] {
    for (const Finding& finding : examine(stocked_.data(), stocked_.now()))
      if (finding.subject == "retention") return finding.text;
    return std::string();
  };
  EXPECT_EQ(said(), "all events are kept");
  ASSERT_TRUE(order(stocked_.writer(), kLater).ok());
  EXPECT_EQ(said(), "old events were to be let go, and are not all gone");
  ASSERT_TRUE(stocked_.writer().expire_and_wait(1).ok());
  EXPECT_EQ(said(), "events are kept of environment 1 from 2026-11-22T12:00:00Z on");
}

TEST_F(ExpiryTest, LeavesADirectoryThatIsSound) {
  const auto stored = stocked_.writer().ledger(1).stored;
  ASSERT_TRUE(expire(kLater).ok());
  EXPECT_EQ(problems(), std::vector<std::string>{});
  EXPECT_EQ(stocked_.writer().ledger(1).stored, stored) << "that were stored once";
  EXPECT_EQ(verdict_on(purchase("next", "u1", stocked_.now())).verdict, EventVerdict::stored);
  EXPECT_EQ(all(stocked_.data()).back().first, before_.back().first + 1);
  EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(ExpiryTest, WhatIsTooOldIsRefusedFromThenOn) {
  ASSERT_TRUE(expire(kLater).ok());
  const ItemVerdict old = verdict_on(purchase("late", "u1", kLater - Micros(1)));
  EXPECT_EQ(old.verdict, EventVerdict::refused);
  EXPECT_TRUE(old.expired);
  EXPECT_EQ(verdict_on(purchase("in-time", "u1", kLater)).verdict, EventVerdict::stored);
  Event traits = purchase("who", "u1", kNoon);
  traits.type = EventType::traits;
  traits.name = {};
  traits.value.reset();
  EXPECT_EQ(verdict_on(traits).verdict, EventVerdict::stored) << "that is no event to let go";
}

TEST_F(ExpiryTest, SaysWhatSetOfEventsWent) {
  const auto key = event_set_key(Catalogue::read(stocked_.data()).value()->fingerprint_key().value());
  const auto set_of = [&] {
    Fingerprinter fingerprinter(key);
    EventSet set;
    EXPECT_TRUE(JournalReader(stocked_.directory())
                    .scan({},
                          [&](std::uint32_t, StoredBatch&& batch) {
                            for (const StoredEvent& row : batch.events) set.add(fingerprinter.fingerprint(row));
                            return true;
                          })
                    .ok());
    return set;
  };
  const EventSet was = set_of();
  ASSERT_TRUE(expire(kLater).ok());
  const ExpiredEvents went = JournalReader(stocked_.directory()).expired(1).value();
  EventSet together = set_of();
  together.add(went.events);
  EXPECT_TRUE(went.whole);
  EXPECT_GT(went.events.count(), 0U);
  EXPECT_EQ(together.count(), was.count());
  EXPECT_EQ(together.digest(), was.digest());
  EXPECT_EQ(JournalReader(stocked_.directory()).expired(2).value().events.count(), 0U);
}

TEST_F(ExpiryTest, SaysWhereASetIsNotKnown) {
  stocked_.send({purchase("x", "u1", kNoon), purchase("y", "u1", kNoon), purchase("z", "u1", kNoon)});
  const auto last = all(stocked_.data()).back().first;
  ASSERT_TRUE(expire(kLater).ok());
  EXPECT_FALSE(JournalReader(stocked_.directory()).expired(1, last - 1).value().whole);
  EXPECT_TRUE(JournalReader(stocked_.directory()).expired(1, last).value().whole);
}

TEST_F(ExpiryTest, EverythingMayGo) {
  const auto last = before_.back().first;
  ASSERT_TRUE(expire(stocked_.now() + std::chrono::hours(1)).ok());
  stocked_.rest();
  EXPECT_EQ(problems(), std::vector<std::string>{});
  EXPECT_EQ(JournalReader(stocked_.directory()).last_seq().value(), last);
  EXPECT_EQ(Writer::open(stocked_.directory(), {}).value()->state().last_seq, last) << "nothing was lost";
}

TEST_F(ExpiryTest, NeverGoesBack) {
  ASSERT_TRUE(expire(kLater).ok());
  EXPECT_EQ(order(stocked_.writer(), kLater).error().code, ErrorCode::conflict);
  EXPECT_EQ(order(stocked_.writer(), kNoon).error().code, ErrorCode::conflict);
  EXPECT_TRUE(stocked_.writer().expire_and_wait(1).ok()) << "there is nothing to do";
  EXPECT_TRUE(expire(kLater + std::chrono::hours(1)).ok());
}

TEST_F(ExpiryTest, WhatWasCutOffIsFinishedByTheNextStart) {
  stocked_.send({purchase("order-0815-of-long-ago", "u1", kNoon)});
  ASSERT_TRUE(order(stocked_.writer(), kLater).ok());
  stocked_.rest();
  ASSERT_FALSE(files_with(stocked_.data(), "order-0815-of-long-ago").empty());
  const auto writer = Writer::open(stocked_.directory(), {}).value();
  EXPECT_EQ(files_with(stocked_.data(), "order-0815-of-long-ago"), std::vector<std::string>{});
  const auto orders = Catalogue::read(stocked_.data()).value()->expiries().value();
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].kept_from, kLater);
  EXPECT_TRUE(orders[0].finished);
}

TEST_F(ExpiryTest, StaysOpenWhereTheViewCannotFollow) {
  stocked_.rest();
  bool sound = false;
  WriterOptions options;
  options.on_expired = [&](std::uint32_t) {
    return sound ? ok() : Status(Error{ErrorCode::unavailable, "no", {}, {}});
  };
  const auto writer = Writer::open(stocked_.directory(), options).value();
  ASSERT_TRUE(order(*writer, kLater).ok());
  EXPECT_EQ(writer->expire_and_wait(1).error().message, "no");
  EXPECT_FALSE(Catalogue::read(stocked_.data()).value()->expiries().value()[0].finished);
  sound = true;
  EXPECT_TRUE(writer->expire_and_wait(1).ok());
  EXPECT_TRUE(Catalogue::read(stocked_.data()).value()->expiries().value()[0].finished);
}

}  // namespace
}  // namespace touchstone::storage
