#pragma once

#include <memory>

#include "storage/journal.hpp"
#include "storage/writer.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {

/// A directory with one environment, a change, a journal of two months and something in quarantine, written by a real
/// writer whose clock the test sets.
class Stocked {
 public:
  Stocked() : directory_(place_.open()) {
    WriterOptions options;
    options.now = [this] { return now_; };
    writer_ = Writer::open(directory_, options).value();
    const Status agreed = writer_->change_and_wait([](Catalogue& catalogue) -> Status {
      if (const auto made = catalogue.create_environment("default", "production"); !made) return made.error();
      const auto put = catalogue.put({1, "flag", "banner", "{}", false, {}}, {"somebody", "", kNoon});
      return put ? ok() : Status(put.error());
    });
    if (!agreed) std::abort();
    send(one_of_each());
    send({purchase("a", "u1", kNoon), purchase("a", "u1", kNoon),
          purchase("far", "u1", kNoon + std::chrono::hours(72))});
    now_ = kNoon + std::chrono::hours(24 * 20);
    send({purchase("b", "u2", now_), purchase("c", "u3", now_)});
  }

  std::size_t send(const std::vector<Event>& events) {
    const auto verdicts = writer_->submit_and_wait({1, 0, {}, 0, batch_of(events)});
    return verdicts ? verdicts->size() : 0;
  }

  /// Closes the writer: its files are at rest.
  void rest() { writer_.reset(); }

  [[nodiscard]] Writer& writer() { return *writer_; }
  [[nodiscard]] const Directory& directory() const { return directory_; }
  [[nodiscard]] std::filesystem::path data() const { return place_.data(); }
  [[nodiscard]] std::filesystem::path beside(const char* name) const { return place_.data().parent_path() / name; }
  [[nodiscard]] Time now() const { return now_; }

 private:
  TemporaryPlace place_;
  Directory directory_;
  Time now_ = kNoon;
  std::unique_ptr<Writer> writer_;
};

/// Every event in a directory, in order.
inline std::vector<std::string> events_in(const std::filesystem::path& directory) {
  std::vector<std::string> all;
  const Status read = JournalReader(directory).scan({}, [&](std::uint32_t, StoredBatch&& batch) {
    for (const auto& row : batch.events) all.push_back(line(row));
    return true;
  });
  return read ? all : std::vector<std::string>{read.error().message};
}

}  // namespace touchstone::storage
