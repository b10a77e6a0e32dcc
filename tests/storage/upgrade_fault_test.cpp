// kill -9 while a directory of a former program is brought up, before one write or sync after the other: every file is
// of the schema that it was or of the new one, and the next start finds all that was there. With 200
// TOUCHSTONE_FAULT_ROUNDS or more before each of them, else before some.

#include <atomic>
#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/examine.hpp"
#include "storage/schemas.hpp"
#include "storage/sqlite/migrate.hpp"
#include "tests/storage/former.hpp"
#include "tests/storage/stocked.hpp"

namespace {

std::atomic<long> steps_left = -1;  ///< the process ends right before the step that makes it 0; below: never

void step() {
  if (steps_left > 0 && --steps_left == 0) raise(SIGKILL);
}

}  // namespace

/// These stand before the C library's own, for SQLite as well.
extern "C" int fdatasync(int file) {
  step();
  return static_cast<int>(syscall(SYS_fdatasync, file));
}
extern "C" int fsync(int file) {
  step();
  return static_cast<int>(syscall(SYS_fsync, file));
}
extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t place) {
  step();
  return syscall(SYS_pwrite64, file, bytes, size, place);
}
extern "C" ssize_t pwrite(int file, const void* bytes, size_t size, off_t place) {
  return pwrite64(file, bytes, size, place);
}

namespace touchstone::storage {
namespace {

/// In a process of its own. True where it came to the end before the kill.
bool brought_up_until_killed(const std::filesystem::path& data, long number) {
  const pid_t child = fork();
  if (child == 0) {
    const Directory directory = Directory::open(data).value();
    steps_left = number;
    const bool opened = Writer::open(directory, {}).ok();
    _exit(opened ? 0 : 3);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFEXITED(status);
}

int schema_of(const std::filesystem::path& file) {
  return sqlite::schema_version(sqlite::Handle(file, sqlite::Access::read));
}

std::string problems(const std::filesystem::path& data) {
  std::string all;
  for (const Finding& finding : examine(data, kNoon))
    if (finding.level == Finding::Level::problem) all += finding.subject + ": " + finding.text + "\n";
  return all;
}

long between_kills() {
  constexpr long all = 200;
  const char* const rounds = std::getenv("TOUCHSTONE_FAULT_ROUNDS");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return rounds != nullptr && std::strtol(rounds, nullptr, 10) >= all ? 1 : 23;
}

struct Former {
  int catalogue = 1;
  int journal = 1;
};

class UpgradeFaultTest : public testing::TestWithParam<Former> {};

TEST_P(UpgradeFaultTest, KilledAnywhereEveryFileIsOldOrNew) {
  const auto [catalogue_was, journal_was] = GetParam();
  const TemporaryPlace place;
  std::size_t old_files = 0;
  std::size_t new_files = 0;
  for (long number = 1;; number += between_kills()) {
    ASSERT_LT(number, 1000);
    const auto data = place.data() / std::to_string(number);
    const auto journal = data / "journal-2026-11.db";
    { const Directory made = Directory::open(data).value(); }
    write_former_catalogue(Directory::catalogue_of(data), catalogue_was);
    write_former_journal(journal, journal_was);
    const bool survived = brought_up_until_killed(data, number);
    for (const auto& [file, was, is] : {std::tuple{Directory::catalogue_of(data), catalogue_was, catalogue_schema()},
                                        std::tuple{journal, journal_was, journal_schema()}}) {
      const int schema = schema_of(file);
      EXPECT_TRUE(schema == was || schema == is) << file << " has schema " << schema << " after kill " << number;
      ++(schema == is ? new_files : old_files);
    }
    {
      const Directory directory = Directory::open(data).value();
      const auto writer = Writer::open(directory, {});
      ASSERT_TRUE(writer) << "kill " << number << ": " << writer.error().message;
      EXPECT_EQ((*writer)->ledger(1), (Ledger{8, 3, 1, 2, 5})) << "kill " << number;
      EXPECT_EQ(Catalogue::read(directory).value()->environments()->size(), 1U) << "kill " << number;
    }
    EXPECT_EQ(events_in(data).size(), 8U) << "kill " << number;
    EXPECT_EQ(problems(data), "") << "kill " << number;
    std::filesystem::remove_all(data);
    if (survived) break;
  }
  EXPECT_GT(old_files, 2U);
  EXPECT_GT(new_files, 2U);
}

INSTANTIATE_TEST_SUITE_P(Schemas, UpgradeFaultTest,
                         testing::Values(Former{1, 1}, Former{2, 1}, Former{3, 2}, Former{4, 3}), [](const auto& one) {
                           return "Catalogue" + std::to_string(one.param.catalogue) + "Journal" +
                                  std::to_string(one.param.journal);
                         });

}  // namespace
}  // namespace touchstone::storage
