// Allocations of the writer and of those who wait for it fail, one or some in a row: nobody waits for ever, nothing is
// there twice.

#include <exception>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "storage/journal.hpp"
#include "storage/writer.hpp"
#include "tests/counting_allocator.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

/// The parameter: how many fail in a row.
class WantOfMemory : public ::testing::TestWithParam<std::size_t> {
 protected:
  static WriterOptions at_noon() {
    WriterOptions options;
    options.now = [] { return kNoon; };
    return options;
  }

  /// Fails allocations of `work` from the n-th on; it says whether it was done.
  template <class Work>
  bool done_without(std::size_t n, const Work& work) {
    tests::fail_allocation(n, GetParam());
    bool done = false;
    try {
      done = work();
    } catch (const std::exception&) {
      done = false;
    }
    reached_ = tests::end_failing();
    return done;
  }

  bool send(const std::string& id) { return writer_->submit_and_wait(of(id)).ok(); }
  static EventSubmission of(const std::string& id) { return {1, 0, {}, 0, batch_of({purchase(id, "unit", kNoon)})}; }

  TemporaryPlace place_;
  Directory directory_ = place_.open();
  std::unique_ptr<Writer> writer_ = Writer::open(directory_, at_noon()).value();
  bool reached_ = false;
};

TEST_P(WantOfMemory, EndsEveryWaitAndKeepsWhatItAcknowledged) {
  std::size_t sent = 0;
  std::size_t refused = 0;
  do {
    const std::string id = std::to_string(++sent);
    EventSubmission submission = of(id);
    const bool stored = done_without(sent, [&] { return writer_->submit_and_wait(std::move(submission)).ok(); });
    refused += stored ? 0 : 1;
    EXPECT_TRUE(stored || send(id)) << id;
  } while (reached_);
  EXPECT_GT(refused, 5U);

  std::map<std::string, int> counts;
  const Status read = JournalReader(directory_).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
    for (const StoredEvent& row : batch.events) ++counts[std::string(row.event.id)];
    return true;
  });
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(counts.size(), sent);
  for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id;
}

TEST_P(WantOfMemory, EndsEveryChange) {
  std::size_t n = 0;
  do {
    const auto nothing = [](Catalogue&) { return ok(); };
    done_without(++n, [&] { return writer_->change_and_wait(nothing).ok(); });
    EXPECT_TRUE(writer_->change_and_wait(nothing).ok());
  } while (reached_);
  EXPECT_GT(n, 2U);
}

INSTANTIATE_TEST_SUITE_P(InARow, WantOfMemory, ::testing::Values(1, 2, 3, 5, 8));

}  // namespace
}  // namespace touchstone::storage
