#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "service/app/agreements.hpp"
#include "service/judge/aggregates.hpp"
#include "service/judge/interactions.hpp"
#include "service/judge/over_time.hpp"
#include "service/judge/pieces.hpp"
#include "service/judge/report.hpp"
#include "storage/checkpoint.hpp"
#include "storage/event.hpp"
#include "storage/event_set.hpp"
#include "storage/writer.hpp"

namespace touchstone::app {

/// Where a live view is kept from one start to the next.
struct CheckpointTerms {
  std::filesystem::path directory;
  std::uint32_t environment = 0;
  std::uint64_t events = 65'536;  ///< after which it follows the journal
};

/// The live view of an environment's events, shared: the writer thread adds what it committed, reports read. Whoever
/// was answered after an acknowledged batch sees that batch.
///
/// A thread of its own attributes what came in, a little at a time, and gives way to everybody who asks: neither does
/// the writer wait for it, nor the report that follows a large load. It also writes the checkpoint: what came in since,
/// after so many events and at the end.
class Evidence {
 public:
  using Age = std::chrono::steady_clock::duration;

  /// `sets` keys the digest of what came in; `tell` hears what units keep, one call at a time.
  Evidence(const storage::FingerprintKey& sets, judge::TellKept tell, const CheckpointTerms& checkpoint);
  ~Evidence();

  /// Takes up what the checkpoint covers, if `fits` says that it belongs to the journal. Before anything else is asked
  /// or shown. What then needs not be applied any more.
  storage::Checkpoint::Cover restore(const std::function<bool(const storage::Checkpoint::Cover&)>& fits);

  /// Adds committed events. On the writer thread, before the answers.
  void apply(std::span<const storage::StoredEvent> events);

  /// Forgets erased units. On the writer thread, before the answer.
  void erase(const storage::ErasedPart& part);

  /// Forgets everything and takes up what `events` shows: those that are left after old ones were let go. On the writer
  /// thread, before the answer. Until it is done the former view answers, so that there are two of them in memory. An
  /// Error changes nothing.
  using ShowEvents = std::function<Status(const std::function<void(std::span<const storage::StoredEvent>)>& take)>;
  [[nodiscard]] Status reload(const ShowEvents& events);

  /// Other units that are the same person.
  [[nodiscard]] std::vector<storage::UnitName> others_of(const storage::UnitRef& unit) const;

  /// Experiments as they are judged from now on.
  void put(std::span<const JudgeableExperiment> experiments);

  /// Nothing where the experiment was never put. Its digest says which events it saw. Judging works on a copy of the
  /// sums: it keeps other reports waiting, but neither the writer nor what asks for counts.
  [[nodiscard]] std::optional<judge::Report> report(std::string_view experiment, const judge::Asked& asked);

  /// How the report came about; nothing where the experiment was never put. It works on a copy of the sums too, and
  /// keeps only others who ask for this waiting.
  [[nodiscard]] std::optional<judge::OverTime> over_time(std::string_view experiment, judge::CoursesOf which);

  /// Whether other experiments change what this one does; nothing where it was never put. It works on copies of what
  /// units did, one experiment at a time, and keeps only others who ask for this waiting. An answer that was found so
  /// little time ago may be given again; one from the very same events always is.
  [[nodiscard]] std::optional<judge::Interactions> interactions(std::string_view experiment, Age may_be_old = {});
  /// How long units stay, by metric that tells it; likewise. Looks at all events of the experiment's units, and keeps
  /// everybody waiting meanwhile.
  [[nodiscard]] std::optional<std::vector<judge::Staying>> staying(std::string_view experiment, Age may_be_old = {});

  /// Shows what every unit of an experiment did, and keeps everybody waiting meanwhile. False where it was never put.
  [[nodiscard]] bool show(std::string_view experiment, const std::function<void(const judge::Study&)>& to);

  [[nodiscard]] std::size_t units() const;
  [[nodiscard]] std::uint64_t events() const;  ///< that came in and were neither erased nor let go

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
  /// What was found of an experiment when somebody asked.
  template <class T>
  struct Found {
    T told;
    std::uint64_t version = 0;
    std::uint64_t erasures = 0;
    std::chrono::steady_clock::time_point at;
  };
  template <class T>
  using AllFound = std::map<std::string, Found<T>, std::less<>>;
  template <class T, class Find>
  std::optional<T> remembered(AllFound<T>& all, std::string_view experiment, Age may_be_old, const Find& find);
  [[nodiscard]] std::optional<judge::Interactions> find_interactions(std::string_view experiment);
  [[nodiscard]] std::optional<std::vector<judge::Staying>> find_staying(std::string_view experiment);
  void work(const std::stop_token& stop);
  [[nodiscard]] bool due() const noexcept;
  void write_down(std::unique_lock<std::mutex>& lock);
  void follow(std::uint64_t erasures);
  void forget_written();

  storage::Fingerprinter fingerprinter_;  ///< of whoever adds

  std::mutex telling_;  ///< how reports came about, and what is remembered of it; taken before mutex_
  AllFound<judge::Interactions> interactions_;  ///< under telling_, as the next
  AllFound<std::vector<judge::Staying>> staying_;
  std::mutex judging_;  ///< and what the reports remember; taken before mutex_
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  mutable std::atomic<int> asking_ = 0;
  judge::TellKept tell_;
  std::uint64_t often_;  ///< events after which the checkpoint follows
  judge::Aggregates aggregates_;
  storage::EventSet events_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t version_ = 0;
  judge::Written written_;
  std::uint64_t written_seq_ = 0;            ///< that the checkpoint covers, or would if it were kept
  std::atomic<std::uint64_t> erasures_ = 0;  ///< and reloads

  std::mutex writing_;  ///< of what follows; mutex_ is never taken while it is held
  storage::Checkpoint checkpoint_;
  std::uint64_t followed_ = 0;  ///< erasures that the checkpoint knows of
  std::jthread thread_;
};

}  // namespace touchstone::app
