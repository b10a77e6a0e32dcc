#include "storage/directory.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

TEST(Directory, IsMadeForItsOwnerAlone) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  struct stat info {};
  ASSERT_EQ(stat(place.data().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
  EXPECT_EQ(directory.socket().parent_path(), place.data());
}

TEST(Directory, IsHeldByOneAndNamesTheHolder) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  const auto second = Directory::open(place.data());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_NE(second.error().message.find("in use by process " + std::to_string(getpid())), std::string::npos)
      << second.error().message;
}

TEST(Directory, IsFreeAgainWhenItsHolderGoes) {
  const TemporaryPlace place;
  { const Directory directory = place.open(); }
  EXPECT_TRUE(Directory::open(place.data()).ok());
}

TEST(Directory, IsFreeAgainWhenItsHolderIsKilled) {
  const TemporaryPlace place;
  const pid_t child = fork();
  if (child == 0) {
    const Directory directory = place.open();
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(Directory::open(place.data()).ok());
}

TEST(Directory, RefusesAPathThatIsAFile) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  const auto inside = Directory::open(place.data() / "lock");
  ASSERT_FALSE(inside.ok());
  EXPECT_EQ(inside.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace touchstone::storage
