#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <thread>
#include <vector>

#include "service/app/agreements.hpp"
#include "service/judge/aggregates.hpp"
#include "service/judge/over_time.hpp"
#include "service/judge/report.hpp"
#include "storage/event.hpp"
#include "storage/event_set.hpp"
#include "storage/writer.hpp"

namespace touchstone::app {

/// The live view of an environment's events, shared: the writer thread adds what it committed, reports read. Whoever
/// was answered after an acknowledged batch sees that batch.
///
/// A thread of its own attributes what came in, a little at a time, and gives way to everybody who asks: neither does
/// the writer wait for it, nor the report that follows a large load.
class Evidence {
 public:
  /// `sets` keys the digest of what came in; `tell` hears what units keep, one call at a time.
  Evidence(const storage::FingerprintKey& sets, judge::TellKept tell);

  /// Adds committed events. On the writer thread, before the answers.
  void apply(std::span<const storage::StoredEvent> events);

  /// Forgets erased units. On the writer thread, before the answer.
  void erase(const storage::ErasedPart& part);

  /// Other units that are the same person.
  [[nodiscard]] std::vector<storage::UnitName> others_of(const storage::UnitRef& unit) const;

  /// The experiment as it is judged from now on.
  void put(const JudgeableExperiment& experiment);

  /// Nothing where the experiment was never put. Its digest says which events it saw. Judging works on a copy of the
  /// sums: it keeps other reports waiting, but neither the writer nor what asks for counts.
  [[nodiscard]] std::optional<judge::Report> report(std::string_view experiment, const judge::Asked& asked);

  /// How the report came about; nothing where the experiment was never put. It works on a copy of the sums too, and
  /// keeps only others who ask for this waiting.
  [[nodiscard]] std::optional<judge::OverTime> over_time(std::string_view experiment, judge::CoursesOf which);

  /// Shows what every unit of an experiment did, and keeps everybody waiting meanwhile. False where it was never put.
  [[nodiscard]] bool show(std::string_view experiment, const std::function<void(const judge::Study&)>& to);

  [[nodiscard]] std::size_t units() const;

  /// Grows with everything that a report could show.
  [[nodiscard]] std::uint64_t version() const;

 private:
  class Turn;
  /// What is seen of an experiment, and the events behind it.
  struct View {
    judge::Sight sight;
    storage::EventSet events;
    std::uint64_t last_seq = 0;
  };
  [[nodiscard]] std::optional<View> view(std::string_view experiment);
  void attribute(const std::stop_token& stop);

  storage::Fingerprinter fingerprinter_;  ///< of whoever adds

  std::mutex telling_;  ///< how reports came about, and what is remembered of it; taken before mutex_
  std::mutex judging_;  ///< and what the reports remember; taken before mutex_
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  mutable std::atomic<int> asking_ = 0;
  judge::Aggregates aggregates_;
  storage::EventSet events_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t version_ = 0;
  std::jthread thread_;
};

}  // namespace touchstone::app
