#include "storage/checkpoint.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

namespace fs = std::filesystem;
using Pieces = std::vector<std::string>;

constexpr Fingerprint kAnEvent{.low = 7, .high = 9};

Checkpoint::Cover cover(std::uint64_t seq) {
  Checkpoint::Cover made{seq, {}};
  for (std::uint64_t i = 0; i < seq; ++i) made.events.add(kAnEvent);
  return made;
}

class CheckpointFile : public testing::Test {
 protected:
  [[nodiscard]] Checkpoint open() const { return Checkpoint(path(), 1); }
  [[nodiscard]] fs::path path() const { return place_.data(); }
  [[nodiscard]] fs::path file() const { return Checkpoint::file_of(path(), 1); }

  static Pieces pieces_of(const Checkpoint& checkpoint) {
    Pieces pieces;
    EXPECT_TRUE(checkpoint.read([&pieces](std::string_view piece) {
      pieces.emplace_back(piece);
      return true;
    }));
    return pieces;
  }

 private:
  TemporaryPlace place_;
  Directory directory_ = place_.open();
};

TEST_F(CheckpointFile, IsEmptyAtFirst) {
  EXPECT_EQ(open().covered().seq, 0U);
  EXPECT_EQ(pieces_of(open()), Pieces{});
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(CheckpointFile, GivesBackWhatWasAddedUpToTheLastThatCovers) {
  {
    Checkpoint checkpoint = open();
    EXPECT_TRUE(checkpoint.add("one", {}));
    EXPECT_TRUE(checkpoint.add("two", cover(5)));
    EXPECT_TRUE(checkpoint.add("cut off", {}));
  }
  EXPECT_EQ(open().covered().seq, 5U);
  EXPECT_EQ(open().covered().events.digest(), cover(5).events.digest());
  EXPECT_EQ(pieces_of(open()), (Pieces{"one", "two"}));
}

TEST_F(CheckpointFile, GoesOnBehindWhatCounts) {
  {
    Checkpoint checkpoint = open();
    EXPECT_TRUE(checkpoint.add("one", cover(1)));
    EXPECT_TRUE(checkpoint.add("cut off", {}));
  }
  {
    Checkpoint checkpoint = open();
    EXPECT_TRUE(checkpoint.add("two", cover(2)));
  }
  EXPECT_EQ(pieces_of(open()), (Pieces{"one", "two"}));
}

TEST_F(CheckpointFile, IsReadUpToTheFirstDamage) {
  {
    Checkpoint checkpoint = open();
    EXPECT_TRUE(checkpoint.add("one", cover(1)));
    EXPECT_TRUE(checkpoint.add("two", cover(2)));
  }
  std::ifstream in(file(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const std::size_t first_end = 8 + (whole.size() - 8) / 2;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    std::ofstream(file(), std::ios::binary) << damaged;
    const std::uint64_t expected = at < first_end ? 0 : 1;
    EXPECT_EQ(open().covered().seq, expected) << at;
    fs::resize_file(file(), at);
    EXPECT_EQ(open().covered().seq, expected) << "cut at " << at;
  }
}

TEST_F(CheckpointFile, IsGivenUpWhereTheDiskRefuses) {
  fs::create_directory(file());
  Checkpoint checkpoint = open();
  EXPECT_FALSE(checkpoint.add("one", cover(1)));
  EXPECT_FALSE(checkpoint.add("two", cover(2)));
  EXPECT_EQ(checkpoint.covered().seq, 0U);
}

TEST_F(CheckpointFile, BeginsAnewAfterARestart) {
  Checkpoint checkpoint = open();
  EXPECT_TRUE(checkpoint.add("one", cover(1)));
  checkpoint.restart();
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_TRUE(checkpoint.add("anew", cover(3)));
  EXPECT_EQ(pieces_of(open()), Pieces{"anew"});
}

TEST_F(CheckpointFile, OneThatWasRemovedIsNotMadeAgainFromItsMiddle) {
  {
    Checkpoint checkpoint = open();
    EXPECT_TRUE(checkpoint.add("one", cover(1)));
  }
  Checkpoint not_yet_opened = open();
  Checkpoint opened = open();
  EXPECT_TRUE(opened.add("two", cover(2)));
  EXPECT_TRUE(Checkpoint::remove_all(path()));
  EXPECT_TRUE(opened.add("three", cover(3)));
  EXPECT_FALSE(not_yet_opened.add("three", cover(3)));
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(CheckpointFile, OnlyItsOwnerMayReadIt) {
  Checkpoint checkpoint = open();
  EXPECT_TRUE(checkpoint.add("one", cover(1)));
  struct stat about {};
  ASSERT_EQ(stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & (S_IRWXG | S_IRWXO), 0U);
}

}  // namespace
}  // namespace touchstone::storage
