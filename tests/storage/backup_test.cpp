#include "storage/backup.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "storage/catalogue.hpp"
#include "storage/sqlite/handle.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

TEST(Backup, IsWhatTheDirectoryWas) {
  Stocked stocked;
  const auto made = back_up(stocked.writer(), stocked.directory(), stocked.beside("copy"), stocked.now());
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made->last_seq, 7U);
  EXPECT_EQ(made->files, 3U);
  EXPECT_EQ(events_in(stocked.beside("copy")), events_in(stocked.data()));
  stocked.send({purchase("later", "u", stocked.now())});
  EXPECT_EQ(events_in(stocked.beside("copy")).size(), 7U);
  EXPECT_FALSE(std::filesystem::exists(stocked.beside("copy.partial")));
}

TEST(Backup, HoldsAllThatWasAcknowledgedBeforeItBeganAndNothingHalf) {
  Stocked stocked;
  std::atomic<std::size_t> acknowledged = 0;
  std::atomic<bool> enough = false;
  std::thread sender([&] {
    for (int i = 0; !enough; ++i) {
      std::vector<Event> events;
      std::vector<std::string> ids;
      for (int j = 0; j < 50; ++j) ids.push_back(std::to_string(i) + "-" + std::to_string(j));
      for (const auto& id : ids) events.push_back(purchase(id, "u", stocked.now()));
      acknowledged += stocked.send(events);
    }
  });
  for (int round = 0; round < 5; ++round) {
    while (acknowledged < static_cast<std::size_t>(round) * 100) std::this_thread::yield();
    const std::size_t promised = acknowledged;
    const auto target = stocked.beside(("copy" + std::to_string(round)).c_str());
    const auto made = back_up(stocked.writer(), stocked.directory(), target, stocked.now());
    EXPECT_TRUE(made.ok()) << made.error().message;
    const std::size_t held = events_in(target).size() - 7;
    EXPECT_GE(held, promised) << "acknowledged before the backup began";
    EXPECT_EQ(held % 50, 0U) << "a batch was cut";
  }
  enough = true;
  sender.join();
}

TEST(Backup, GoesNowhereWhereSomethingIs) {
  Stocked stocked;
  std::filesystem::create_directories(stocked.beside("copy"));
  std::ofstream(stocked.beside("copy") / "mine") << "x";
  const auto made = back_up(stocked.writer(), stocked.directory(), stocked.beside("copy"), stocked.now());
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::conflict);
  EXPECT_TRUE(std::filesystem::exists(stocked.beside("copy") / "mine"));
}

TEST(Backup, OfADamagedDirectoryIsNotMade) {
  Stocked stocked;
  { sqlite::Handle(stocked.data() / "journal-2026-11.db", sqlite::Access::write).run("UPDATE segment SET crc32 = 0"); }
  const auto made = back_up(stocked.writer(), stocked.directory(), stocked.beside("copy"), stocked.now());
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::internal);
  EXPECT_FALSE(std::filesystem::exists(stocked.beside("copy")));
  EXPECT_FALSE(std::filesystem::exists(stocked.beside("copy.partial")));
}

class Restored : public testing::Test {
 protected:
  Restored() {
    const auto made = back_up(stocked_.writer(), stocked_.directory(), copy_, stocked_.now());
    EXPECT_TRUE(made.ok()) << made.error().message;
  }

  Stocked stocked_;
  std::filesystem::path copy_ = stocked_.beside("copy");
  std::filesystem::path data_ = stocked_.beside("restored");
};

TEST_F(Restored, IsADirectoryThatServesAndNoClientSeesGoBack) {
  const auto before = Catalogue::read(stocked_.directory()).value()->config_version(1).value();
  const auto made = restore(copy_, data_, stocked_.now());
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made->last_seq, 7U);
  EXPECT_EQ(events_in(data_), events_in(copy_));
  const auto directory = Directory::open(data_).value();
  EXPECT_EQ(Catalogue::read(directory).value()->config_version(1).value(), before + (std::uint64_t{1} << 32U));
  auto writer = Writer::open(directory).value();
  const auto again = writer->submit_and_wait({1, 0, {}, 0, batch_of({purchase("a", "u1", kNoon)})});
  EXPECT_EQ(again->front().verdict, EventVerdict::duplicate) << "identities are remembered";
}

TEST_F(Restored, RefusesADirectoryThatHoldsSomething) {
  const auto made = restore(copy_, stocked_.data(), stocked_.now());
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::conflict);
  EXPECT_EQ(events_in(stocked_.data()).size(), 7U);
}

TEST_F(Restored, RefusesACopyThatIsNotWhatWasBackedUp) {
  {
    std::fstream file(copy_ / "journal-2026-11.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-1, std::ios::end);
    file.put('x');
  }
  const auto made = restore(copy_, data_, stocked_.now());
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("journal-2026-11.db is not what was backed up"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(data_));
  EXPECT_EQ(restore(stocked_.data(), data_, stocked_.now()).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace touchstone::storage
