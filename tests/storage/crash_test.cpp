#include <atomic>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/journal.hpp"
#include "storage/writer.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

constexpr int kKills = 24;
constexpr std::size_t kBatch = 20;

/// The client of a round: sends batches without end and writes the number of each acknowledged one into the pipe,
/// until it is killed. Batch n holds events n * kBatch and on.
[[noreturn]] void serve(const std::filesystem::path& data, std::uint32_t first_batch, int acknowledged) {
  const Directory directory = Directory::open(data).value();
  const auto writer = Writer::open(directory, {}).value();
  for (std::uint32_t batch = first_batch;; ++batch) {
    EventBatch events;
    for (std::size_t i = 0; i < kBatch; ++i) {
      const std::string id = std::to_string(batch * kBatch + i);
      events.events.push_back(keep(events.text, purchase(id, "u" + id, kNoon - std::chrono::hours(i))));
    }
    const Status queued = writer->submit({1, 0, {}, 0, std::move(events)}, [batch, acknowledged](const auto& verdicts) {
      if (verdicts.ok() && write(acknowledged, &batch, sizeof batch) != sizeof batch) _exit(3);
    });
    while (!queued.ok()) _exit(4);
    if (batch % 8 == 0) {
      const Status changed = writer->change_and_wait([batch](Catalogue& catalogue) -> Status {
        const auto made = catalogue.create_environment("p", "e" + std::to_string(batch));
        return made ? ok() : Status(made.error());
      });
      if (!changed.ok() && changed.error().code != ErrorCode::conflict) _exit(5);
    }
  }
}

std::set<std::uint32_t> read_all(int pipe) {
  std::set<std::uint32_t> batches;
  std::uint32_t batch = 0;
  while (read(pipe, &batch, sizeof batch) == sizeof batch) batches.insert(batch);
  return batches;
}

/// One life of the writer: killed once that many batches are acknowledged. What it acknowledged.
std::set<std::uint32_t> live_and_die(const std::filesystem::path& data, std::uint32_t first_batch,
                                     std::size_t lifetime) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    serve(data, first_batch, ends[1]);
  }
  close(ends[1]);
  std::set<std::uint32_t> acknowledged;
  std::uint32_t batch = 0;
  while (acknowledged.size() < lifetime && read(ends[0], &batch, sizeof batch) == sizeof batch)
    acknowledged.insert(batch);
  kill(child, SIGKILL);
  acknowledged.merge(read_all(ends[0]));
  close(ends[0]);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
  return acknowledged;
}

/// How often each event is in the journal.
std::map<std::string, int> count_events(const Directory& directory) {
  std::map<std::string, int> counts;
  const Status read = JournalReader(directory).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
    for (const StoredEvent& row : batch.events) ++counts[std::string(row.event.id)];
    return true;
  });
  EXPECT_TRUE(read.ok()) << read.error().message;
  return counts;
}

TEST(Crash, LosesNothingAcknowledgedAndStoresNothingTwice) {
  const TemporaryPlace place;
  std::mt19937 random(20261121);
  std::set<std::uint32_t> acknowledged;
  for (int round = 0; round < kKills; ++round) {
    // Starting some batches back repeats what may or may not have been stored, as a client does.
    const std::uint32_t last = acknowledged.empty() ? 0 : *acknowledged.rbegin();
    const std::uint32_t first = last > 30 ? last - 30 : 0;
    auto now = live_and_die(place.data(), first, 1 + random() % 60);
    ASSERT_FALSE(now.empty()) << "nothing was acknowledged before kill " << round;
    acknowledged.merge(now);

    const Directory directory = place.open();
    const auto writer = Writer::open(directory, {});
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    ASSERT_TRUE(JournalReader(directory).verify().ok());
    const auto counts = count_events(directory);
    for (const auto& [id, count] : counts) ASSERT_EQ(count, 1) << "event " << id << " after kill " << round;
    for (const std::uint32_t batch : acknowledged) {
      for (std::size_t i = 0; i < kBatch; ++i) {
        ASSERT_TRUE(counts.contains(std::to_string(batch * kBatch + i)))
            << "batch " << batch << " after kill " << round;
      }
    }
    ASSERT_EQ((*writer)->ledger(1).stored, counts.size());
  }
}

}  // namespace
}  // namespace touchstone::storage
