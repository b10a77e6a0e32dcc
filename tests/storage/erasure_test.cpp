// A unit is forgotten: nothing of it is left in any byte of the directory, and nothing else is missing.

#include "storage/erasure.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "storage/examine.hpp"
#include "storage/sqlite/handle.hpp"
#include "tests/storage/erasing.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

const UnitName kGone{"user", "person-4711-to-be-forgotten"};

/// A stocked directory in which the unit did everything a unit can do, in both months.
class ErasureTest : public testing::Test {
 protected:
  ErasureTest() {
    std::vector<Event> events = one_of_each();
    for (Event& event : events) {
      if (event.type == EventType::link) {
        event.to = kGone.ref();
      } else {
        event.unit = kGone.ref();
      }
      event.id = event.type == EventType::link ? "l2" : "";
    }
    before_ = events_in(stocked_.data());
    stocked_.send(events);
    stocked_.send({purchase("kept-a", "u8", stocked_.now()), purchase("g1", kGone.id, stocked_.now()),
                   purchase("kept-b", "u9", stocked_.now()), purchase("g2", kGone.id, stocked_.now()),
                   purchase("g3", kGone.id, stocked_.now() + std::chrono::hours(100))});
  }

  Status erase() {
    if (Status ordered = order_erasure(stocked_.writer(), kGone); !ordered) return ordered;
    return stocked_.writer().erase_and_wait(1, {kGone});
  }

  EventVerdict verdict_on(const Event& event) {
    return stocked_.writer().submit_and_wait({1, 0, {}, 0, batch_of({event})}).value().front().verdict;
  }

  std::vector<std::string> problems() {
    std::vector<std::string> all;
    for (const Finding& finding : examine(stocked_.data(), stocked_.now()))
      if (finding.level == Finding::Level::problem) all.push_back(finding.subject + ": " + finding.text);
    return all;
  }

  std::string said_of_erasures() {
    std::string said;
    for (const Finding& finding : examine(stocked_.data(), stocked_.now()))
      if (finding.subject == "erasures") said += finding.text;
    return said;
  }

  Stocked stocked_;
  std::vector<std::string> before_;
};

TEST_F(ErasureTest, NoByteOfTheDirectoryHoldsTheUnit) {
  ASSERT_FALSE(files_with(stocked_.data(), kGone.id).empty()) << "or the search finds nothing anyway";
  ASSERT_TRUE(erase().ok());
  EXPECT_EQ(files_with(stocked_.data(), kGone.id), std::vector<std::string>{});
  stocked_.rest();
  EXPECT_EQ(files_with(stocked_.data(), kGone.id), std::vector<std::string>{});
}

TEST_F(ErasureTest, EverythingElseStaysAsItWas) {
  ASSERT_TRUE(erase().ok());
  auto after = events_in(stocked_.data());
  ASSERT_EQ(after.size(), before_.size() + 2);
  EXPECT_NE(after.back().find("kept-b"), std::string::npos);
  after.resize(before_.size());
  EXPECT_EQ(after, before_);
  EXPECT_EQ(problems(), std::vector<std::string>{});
  EXPECT_EQ(said_of_erasures(), "1 units are erased, and nothing more is taken of them");
}

TEST_F(ErasureTest, ItSaysWhatItTook) {
  ASSERT_TRUE(erase().ok());
  const auto catalogue = Catalogue::read(stocked_.directory()).value();
  const Erasure erasure = catalogue->erasure(1, hash_of(*catalogue, kGone)).value();
  EXPECT_EQ(erasure.quarantined, 1U);
  EXPECT_TRUE(erasure.finished.has_value());
  const auto taken = JournalReader(stocked_.directory()).erased(erasure.id).value();
  ASSERT_EQ(taken.size(), 1U) << "one month";
  EXPECT_EQ(taken[0].file, "journal-2026-12.db");
  EXPECT_EQ(taken[0].events.count(), 6U);
  EXPECT_EQ(taken[0].first_seq, 8U);
  EXPECT_EQ(taken[0].last_seq, 15U);
}

TEST_F(ErasureTest, WhatComesLaterIsRefusedUntilItIsLifted) {
  ASSERT_TRUE(erase().ok());
  const Event again = purchase("g1", kGone.id, stocked_.now());
  EXPECT_EQ(verdict_on(again), EventVerdict::refused);
  Event link = purchase("l3", "d1", stocked_.now());
  link.type = EventType::link;
  link.to = kGone.ref();
  EXPECT_EQ(verdict_on(link), EventVerdict::refused);
  EXPECT_EQ(verdict_on(purchase("k", "u8", stocked_.now())), EventVerdict::stored);
  EXPECT_EQ(stocked_.writer().ledger(1).refused, 2U);
  EXPECT_EQ(files_with(stocked_.data(), kGone.id), std::vector<std::string>{});
  ASSERT_TRUE(lift_erasure(stocked_.writer(), kGone).ok());
  EXPECT_EQ(verdict_on(again), EventVerdict::stored) << "an erased event is not remembered as a duplicate";
  EXPECT_EQ(verdict_on(again), EventVerdict::duplicate);
  EXPECT_EQ(lift_erasure(stocked_.writer(), kGone).error().code, ErrorCode::not_found);
}

TEST_F(ErasureTest, TheLastNumberIsNotGivenTwice) {
  const auto last = stocked_.writer().state().last_seq;
  ASSERT_TRUE(erase().ok());
  stocked_.rest();
  EXPECT_EQ(JournalReader(stocked_.directory()).last_seq().value(), last);
  EXPECT_EQ(Journal::open(stocked_.directory())->last_seq(), last);
}

TEST_F(ErasureTest, AnOrderThatWasCutOffIsFinishedByTheNextStart) {
  ASSERT_TRUE(order_erasure(stocked_.writer(), kGone).ok());
  EXPECT_EQ(said_of_erasures(), "1 were ordered and not finished");
  stocked_.rest();
  EXPECT_FALSE(files_with(stocked_.data(), kGone.id).empty());
  const auto writer = Writer::open(stocked_.directory(), {}).value();
  EXPECT_EQ(files_with(stocked_.data(), kGone.id), std::vector<std::string>{});
  EXPECT_TRUE(writer->erase_and_wait(1, {kGone}).ok()) << "there is nothing left to do";
}

TEST_F(ErasureTest, TheLiveViewIsToldOnceWhatLeavesIt) {
  stocked_.rest();
  std::vector<ErasedPart> parts;
  std::vector<std::string> units;
  WriterOptions options;
  options.on_erased = [&](const ErasedPart& part) {
    parts.push_back(part);
    for (const UnitName& unit : part.units) units.push_back(unit.id);
  };
  const auto writer = Writer::open(stocked_.directory(), options).value();
  ASSERT_TRUE(order_erasure(*writer, kGone).ok());
  ASSERT_TRUE(writer->erase_and_wait(1, {kGone}).ok());
  ASSERT_TRUE(writer->erase_and_wait(1, {kGone}).ok());
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(units, std::vector<std::string>{kGone.id});
  EXPECT_EQ(parts[0].events.count(), 6U);
  EXPECT_EQ(parts[0].newest, stocked_.now());
}

/// A reader that stays in the middle of something, as a backup does.
TEST_F(ErasureTest, WhileALogIsReadItIsNotFinishedAndMayBeRepeated) {
  ASSERT_TRUE(order_erasure(stocked_.writer(), kGone).ok());
  {
    sqlite::Handle reader(stocked_.data() / "journal-2026-12.db", sqlite::Access::read);
    reader.run("BEGIN; SELECT count(*) FROM segment");
    EXPECT_EQ(stocked_.writer().erase_and_wait(1, {kGone}).error().code, ErrorCode::unavailable);
  }
  EXPECT_TRUE(stocked_.writer().erase_and_wait(1, {kGone}).ok());
  EXPECT_EQ(files_with(stocked_.data(), kGone.id), std::vector<std::string>{});
  EXPECT_EQ(verdict_on(purchase("after", "u8", stocked_.now())), EventVerdict::stored);
  EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(ErasureTest, WhoIsNamedByAnotherTypeIsAnother) {
  const UnitName other{"device", kGone.id};
  ASSERT_TRUE(order_erasure(stocked_.writer(), other).ok());
  ASSERT_TRUE(stocked_.writer().erase_and_wait(1, {other}).ok());
  EXPECT_EQ(events_in(stocked_.data()).size(), before_.size() + 8);
  EXPECT_EQ(stocked_.writer().erase_and_wait(1, {kGone}).error().code, ErrorCode::not_found) << "it was not ordered";
}

}  // namespace
}  // namespace touchstone::storage
