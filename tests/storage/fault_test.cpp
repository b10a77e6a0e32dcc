#include <atomic>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <map>
#include <set>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/examine.hpp"
#include "storage/journal.hpp"
#include "storage/writer.hpp"
#include "tests/storage/erasing.hpp"
#include "tests/storage/sample.hpp"

namespace {

/// Which syncs fail, counted from the last `fail_syncs`.
struct Plan {
  std::atomic<long> done = 0;
  std::atomic<long> first = 0;
  std::atomic<long> end = 0;
  std::atomic<long> kill = 0;  ///< the process ends right before this one; 0 = never
};
Plan plan;

constexpr long kForEver = 1'000'000'000;

void fail_syncs(long first, long end) {
  plan.done = 0;
  plan.first = first;
  plan.end = end;
}

void heal() { fail_syncs(0, 0); }

int sync(long call, int file) {
  const long number = ++plan.done;
  if (number == plan.kill) raise(SIGKILL);
  if (number < plan.first || number >= plan.end) return static_cast<int>(syscall(call, file));
  errno = EIO;
  return -1;
}

}  // namespace

/// These two stand before the C library's own, for SQLite as well: the disk's answer, as a test wants it.
extern "C" int fdatasync(int file) { return sync(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return sync(SYS_fsync, file); }

namespace touchstone::storage {
namespace {

class FaultTest : public ::testing::Test {
 protected:
  ~FaultTest() override { heal(); }

  void open(const std::filesystem::path& data) {
    directory_.emplace(Directory::open(data).value());
    WriterOptions options;
    options.now = [] { return kNoon; };
    options.merges = merges_;
    options.on_committed = [this](std::uint32_t, std::span<const StoredEvent> rows) {
      for (const StoredEvent& row : rows) ++shown_[std::string(row.event.id)];
    };
    writer_ = Writer::open(*directory_, std::move(options)).value();
  }

  /// Whether events with numbers [first, first + count) were acknowledged; then they must stay.
  bool send(int first, int count = 100) {
    EventBatch batch;
    for (int i = first; i < first + count; ++i) {
      batch.events.push_back(keep(batch.text, purchase(std::to_string(i), "unit", kNoon)));
    }
    const auto verdicts = writer_->submit_and_wait({1, 0, {}, 0, std::move(batch)});
    if (!verdicts) {
      EXPECT_EQ(verdicts.error().code, ErrorCode::unavailable);
      return false;
    }
    for (int i = first; i < first + count; ++i) acknowledged_.insert(std::to_string(i));
    return true;
  }

  /// Acknowledged: there. Everything there: once, and shown once to the observer.
  void expect_sound() {
    std::map<std::string, int> counts;
    const Status read = JournalReader(*directory_).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
      for (const StoredEvent& row : batch.events) ++counts[std::string(row.event.id)];
      return true;
    });
    ASSERT_TRUE(read.ok()) << read.error().message;
    for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id;
    for (const std::string& id : acknowledged_) EXPECT_TRUE(counts.contains(id)) << id;
    EXPECT_EQ(shown_, counts);
    EXPECT_EQ(writer_->ledger(1).stored, counts.size());
  }

  TemporaryPlace place_;
  MergeRules merges_;
  std::optional<Directory> directory_;
  std::set<std::string> acknowledged_;
  std::map<std::string, int> shown_;
  std::unique_ptr<Writer> writer_;
};

TEST_F(FaultTest, AcknowledgesNothingWhileSyncFailsAndRecoversByItself) {
  open(place_.data());
  ASSERT_TRUE(send(0));
  fail_syncs(1, kForEver);
  EXPECT_FALSE(send(100));
  EXPECT_FALSE(send(100));
  EXPECT_NE(writer_->state().trouble, "");
  heal();
  EXPECT_TRUE(send(100));
  EXPECT_TRUE(send(200));
  EXPECT_EQ(writer_->state().trouble, "");
  expect_sound();
}

struct SyncFault {
  const char* name;
  bool stays;
  bool merging;  ///< segments are joined between the batches
};

class SyncFaultTest : public FaultTest, public ::testing::WithParamInterface<SyncFault> {};

/// The fault moves on by one sync at a time until the work passes it untouched.
TEST_P(SyncFaultTest, LosesNothingWhereverASyncFails) {
  const bool stays = GetParam().stays;
  if (GetParam().merging) merges_ = {.rows = 150, .small_rows = 150, .small_run = 2, .share = 1};
  bool untouched = false;
  int faults = 0;
  for (long number = 1; !untouched; ++number) {
    ASSERT_LT(number, 100);
    shown_.clear();
    acknowledged_.clear();
    open(place_.data() / std::to_string(number));
    fail_syncs(number, stays ? kForEver : number + 1);
    int refused = 0;
    for (int batch = 0; batch < 4; ++batch) refused += send(100 * batch) ? 0 : 1;
    untouched = plan.done < number;
    EXPECT_FALSE(refused > 0 && untouched);
    faults += refused > 0 ? 1 : 0;
    heal();
    for (int batch = 0; batch < 4; ++batch) EXPECT_TRUE(send(100 * batch));
    expect_sound();
    writer_.reset();
  }
  EXPECT_GE(faults, 4);
}

INSTANTIATE_TEST_SUITE_P(Fault, SyncFaultTest,
                         ::testing::Values(SyncFault{"once", false, false},
                                           SyncFault{"and_goes_on_failing", true, false},
                                           SyncFault{"once_while_segments_are_joined", false, true},
                                           SyncFault{"for_ever_while_segments_are_joined", true, true}),
                         [](const auto& one) { return one.param.name; });

TEST_F(FaultTest, CatalogueCommandsFailAndRecoverAlike) {
  open(place_.data());
  const auto create = [](Catalogue& catalogue) -> Status {
    const auto made = catalogue.create_environment("default", "production");
    return made ? ok() : Status(made.error());
  };
  fail_syncs(1, kForEver);
  EXPECT_EQ(writer_->change_and_wait(create).error().code, ErrorCode::unavailable);
  heal();
  const Status again = writer_->change_and_wait(create);
  // The commit that was not acknowledged may have reached the disk: then it is a conflict, and never made twice.
  EXPECT_TRUE(again.ok() || again.error().code == ErrorCode::conflict);
  EXPECT_EQ(Catalogue::read(*directory_).value()->environments()->size(), 1U);
}

const UnitName kGone{"user", "person-4711-to-be-forgotten"};

/// Events of a unit that will be erased among those of others; the number of the others.
std::size_t stock(const std::filesystem::path& data) {
  const Directory directory = Directory::open(data).value();
  WriterOptions options;
  options.now = [] { return kNoon; };
  const auto writer = Writer::open(directory, std::move(options)).value();
  EXPECT_TRUE(writer->change_and_wait([](Catalogue& catalogue) -> Status {
    const auto made = catalogue.create_environment("default", "production");
    return made ? ok() : Status(made.error());
  }));
  std::vector<Event> events;
  for (int i = 0; i < 20; ++i)
    events.push_back(purchase("", i % 2 == 0 ? kGone.ref().id : std::string_view("u1"), kNoon + Micros{i}));
  events.push_back(purchase("", kGone.id, kNoon + std::chrono::hours(48)));
  EXPECT_TRUE(writer->submit_and_wait({1, 0, {}, 0, batch_of(events)}));
  return 10;
}

std::size_t events_of(const std::filesystem::path& data) {
  std::size_t count = 0;
  EXPECT_TRUE(JournalReader(data).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
    count += batch.events.size();
    return true;
  }));
  return count;
}

std::string problems(const std::filesystem::path& data) {
  std::string all;
  for (const Finding& finding : examine(data, kNoon))
    if (finding.level == Finding::Level::problem) all += finding.subject + ": " + finding.text + "\n";
  return all;
}

/// In a process of its own, which ends before the sync of that number. True where it came to the end first.
template <class Deed>
bool do_until_killed(const std::filesystem::path& data, long number, const Deed& deed) {
  const pid_t child = fork();
  if (child == 0) {
    const Directory directory = Directory::open(data).value();
    const auto writer = Writer::open(directory, {}).value();
    plan.done = 0;
    plan.kill = number;
    _exit(deed(*writer) ? 0 : 3);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFEXITED(status);
}

/// The kill moves on by one sync at a time until the erasure passes it.
TEST(EraseFaultTest, KilledAnywhereItIsNotOrderedOrFinishedByTheNextStart) {
  const TemporaryPlace place;
  std::size_t unordered = 0;
  std::size_t finished_by_start = 0;
  for (long number = 1;; ++number) {
    ASSERT_LT(number, 100);
    const auto data = place.data() / std::to_string(number);
    const std::size_t others = stock(data);
    const bool survived = do_until_killed(
        data, number, [](Writer& writer) { return order_erasure(writer, kGone) && writer.erase_and_wait(1, {kGone}); });
    const Directory directory = Directory::open(data).value();
    const auto writer = Writer::open(directory, {}).value();
    const auto orders = Catalogue::read(directory).value()->erasures().value();
    if (orders.empty()) {
      ++unordered;
      EXPECT_EQ(events_of(data), 2 * others) << "kill " << number;
    } else {
      EXPECT_TRUE(orders.front().finished.has_value()) << "kill " << number;
      EXPECT_EQ(orders.front().quarantined, 1U) << "kill " << number;
      EXPECT_EQ(files_with(data, kGone.id), std::vector<std::string>{}) << "kill " << number;
      EXPECT_EQ(events_of(data), others) << "kill " << number;
      const auto taken = JournalReader(directory).erased(orders.front().id).value();
      ASSERT_EQ(taken.size(), 1U) << "kill " << number;
      EXPECT_EQ(taken.front().events.count(), 10U) << "kill " << number;
    }
    EXPECT_EQ(problems(data), "") << "kill " << number;
    if (survived) break;
    finished_by_start += orders.empty() ? 0 : 1;
  }
  EXPECT_GT(unordered, 0U);
  EXPECT_GT(finished_by_start, 3U);
}

TEST(EraseFaultTest, AFailedSyncIsAnErrorAndARepetitionFinishes) {
  const TemporaryPlace place;
  std::size_t faults = 0;
  for (long number = 1;; ++number) {
    ASSERT_LT(number, 100);
    const auto data = place.data() / std::to_string(number);
    const std::size_t others = stock(data);
    const Directory directory = Directory::open(data).value();
    WriterOptions options;
    std::uint64_t told = 0;
    options.now = [] { return kNoon; };
    options.on_erased = [&told](const ErasedPart& part) { told += part.events.count(); };
    const auto writer = Writer::open(directory, std::move(options)).value();
    ASSERT_TRUE(order_erasure(*writer, kGone));
    fail_syncs(number, number + 1);
    const Status first = writer->erase_and_wait(1, {kGone});
    const bool untouched = plan.done < number;
    heal();
    EXPECT_TRUE(first.ok() || first.error().code == ErrorCode::unavailable);
    faults += first ? 0 : 1;
    EXPECT_TRUE(writer->erase_and_wait(1, {kGone})) << "fault " << number;
    EXPECT_EQ(files_with(data, kGone.id), std::vector<std::string>{}) << "fault " << number;
    EXPECT_EQ(told, 10U) << "fault " << number;
    EXPECT_TRUE(writer->submit_and_wait({1, 0, {}, 0, batch_of({purchase("after", "u1", kNoon)})}));
    EXPECT_EQ(events_of(data), others + 1);
    EXPECT_EQ(problems(data), "") << "fault " << number;
    if (untouched) break;
  }
  EXPECT_GE(faults, 3U);
}

/// The first ten of the events that stock() leaves, and what it sets aside.
Status order_expiry(Writer& writer) {
  return writer.change_and_wait([](Catalogue& catalogue) {
    return catalogue.order_expiry({1, kNoon + Micros{10}, kNoon, 1, {}});
  });
}

void expect_expired(const std::filesystem::path& data, const std::string& when) {
  EXPECT_TRUE(Catalogue::read(data).value()->expiries().value().front().finished.has_value()) << when;
  EXPECT_EQ(Catalogue::read(data).value()->quarantined(1, 0, 10).value().size(), 0U) << when;
  EXPECT_EQ(events_of(data), 10U) << when;
  EXPECT_EQ(JournalReader(data).expired(1).value().events.count(), 10U) << when;
}

TEST(ExpireFaultTest, KilledAnywhereItIsNotOrderedOrFinishedByTheNextStart) {
  const TemporaryPlace place;
  std::size_t unordered = 0;
  std::size_t finished_by_start = 0;
  for (long number = 1;; ++number) {
    ASSERT_LT(number, 100);
    const auto data = place.data() / std::to_string(number);
    stock(data);
    const bool survived =
        do_until_killed(data, number, [](Writer& writer) { return order_expiry(writer) && writer.expire_and_wait(1); });
    const Directory directory = Directory::open(data).value();
    const auto writer = Writer::open(directory, {}).value();
    const bool ordered = !Catalogue::read(directory).value()->expiries()->empty();
    if (ordered) {
      expect_expired(data, "kill " + std::to_string(number));
    } else {
      ++unordered;
      EXPECT_EQ(events_of(data), 20U) << "kill " << number;
    }
    EXPECT_EQ(problems(data), "") << "kill " << number;
    if (survived) break;
    finished_by_start += ordered ? 1 : 0;
  }
  EXPECT_GT(unordered, 0U);
  EXPECT_GT(finished_by_start, 3U);
}

TEST(ExpireFaultTest, AFailedSyncIsAnErrorAndARepetitionFinishes) {
  const TemporaryPlace place;
  std::size_t faults = 0;
  for (long number = 1;; ++number) {
    ASSERT_LT(number, 100);
    const auto data = place.data() / std::to_string(number);
    stock(data);
    const Directory directory = Directory::open(data).value();
    const auto writer = Writer::open(directory, {}).value();
    ASSERT_TRUE(order_expiry(*writer));
    fail_syncs(number, number + 1);
    const Status first = writer->expire_and_wait(1);
    const bool untouched = plan.done < number;
    heal();
    EXPECT_TRUE(first.ok() || first.error().code == ErrorCode::unavailable);
    faults += first ? 0 : 1;
    EXPECT_TRUE(writer->expire_and_wait(1)) << "fault " << number;
    expect_expired(data, "fault " + std::to_string(number));
    EXPECT_EQ(problems(data), "") << "fault " << number;
    if (untouched) break;
  }
  EXPECT_GE(faults, 3U);
}

/// Files of this process may not grow beyond `bytes`, as on a full disk.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(FaultTest, AcknowledgesNothingThatCouldNotBeWritten) {
  open(place_.data());
  ASSERT_TRUE(send(0));
  {
    const FileLimit limit(1024);
    EXPECT_FALSE(send(100));
    EXPECT_FALSE(send(200));
  }
  EXPECT_TRUE(send(100));
  expect_sound();
}

TEST_F(FaultTest, StopsWhileTheDiskRefuses) {
  open(place_.data());
  ASSERT_TRUE(send(0));
  const FileLimit limit(1024);
  EXPECT_FALSE(send(100));
  writer_->stop();
  EXPECT_FALSE(send(200));
}

/// A file system of its own, of a fixed size.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path at) : at_(std::move(at)) {
    std::filesystem::create_directories(at_);
    mounted_ = mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
  }

  [[nodiscard]] bool mounted() const noexcept { return mounted_; }
  [[nodiscard]] bool grow() const { return mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT, "size=8m") == 0; }

 private:
  std::filesystem::path at_;
  bool mounted_ = false;
};

TEST_F(FaultTest, FillsADiskAndGoesOnWhenThereIsRoom) {
  const SmallDisk disk(place_.data().parent_path() / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small tmpfs needs privileges";
  open(place_.data().parent_path() / "disk" / "data");
  int next = 0;
  while (next < 200'000 && send(next, 500)) next += 500;
  ASSERT_GT(next, 0);
  ASSERT_LT(next, 200'000);
  EXPECT_FALSE(send(next, 500));
  ASSERT_TRUE(disk.grow());
  EXPECT_TRUE(send(next, 500));
  EXPECT_TRUE(send(next + 500, 500));
  expect_sound();
  writer_.reset();
  directory_.reset();
}

}  // namespace
}  // namespace touchstone::storage
