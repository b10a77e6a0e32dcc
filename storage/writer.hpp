#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "storage/catalogue.hpp"
#include "storage/directory.hpp"
#include "storage/erasure.hpp"
#include "storage/event.hpp"
#include "storage/ledger.hpp"
#include "storage/merge.hpp"

namespace touchstone::storage {

/// A batch as it came in, already read and checked by codec.
struct EventSubmission {
  std::uint32_t environment = 0;
  std::uint32_t key = 0;        ///< id of the API key, 0 = none
  std::optional<Time> sent_at;  ///< the client's clock when it sent the batch
  std::uint32_t refused = 0;    ///< items of the batch that codec refused: counted, not stored
  EventBatch batch;
  std::vector<Time> te{};  ///< of each event, where it was fixed before; empty: by its ts and sent_at
};

/// One verdict per event of the submission, in its order; or unavailable, and then nothing is promised: send again.
using EventAnswer = std::function<void(Result<std::vector<ItemVerdict>>)>;

/// Changes the catalogue inside one transaction; an Error undoes all of it.
using CatalogueCommand = std::function<Status(Catalogue&)>;
using CommandAnswer = std::function<void(Status)>;

/// What is to leave a live view with erased units.
struct ErasedPart {
  std::uint32_t environment = 0;
  std::span<const UnitName> units;
  EventSet events;             ///< that they had
  std::optional<Time> newest;  ///< te of what remains
};

struct WriterOptions {
  std::size_t queue_events = 200'000;  ///< bound of the queue; beyond it `submit` answers unavailable
  std::size_t queue_commands = 1'000;
  std::size_t group_events = 10'000;  ///< at most so many in one commit
  Micros linger{0};                   ///< how long a group that is not full waits for more, at most 5 ms
  std::size_t dedupe_bytes = 256U << 20U;
  MergeRules merges{};
  std::function<Time()> now;  ///< absent = the system's clock
  /// Called on the writer thread after the commit and before the callers are answered, once per environment of the
  /// group; seq ascends from call to call. Each stored event is shown exactly once per Writer. Must not throw.
  std::function<void(std::uint32_t environment, std::span<const StoredEvent> events)> on_committed;
  /// Called on the writer thread after units were erased and before the caller is answered. Must not throw.
  std::function<void(const ErasedPart& part)> on_erased;
  /// Called on the writer thread after old events of an environment were let go and before the caller is answered. An
  /// Error leaves the order open, to be carried out again. Must not throw.
  std::function<Status(std::uint32_t environment)> on_expired;
  std::function<void()> on_merged;  ///< called on the writer thread after segments were joined. Must not throw.
};

/// How the writer is doing, for readiness and metrics.
struct WriterState {
  std::size_t queued_events = 0;
  std::uint64_t last_seq = 0;
  std::uint64_t commits = 0;
  std::uint64_t failures = 0;
  std::uint64_t merges = 0;  ///< how often small segments became one
  std::string trouble;       ///< empty = well; else why nothing can be acknowledged at present
};

/// The one thread that writes: events into the journal by group commit, commands into the catalogue. All functions may
/// be called from any thread; answers are called on the writer thread and must not block.
/// A failed commit acknowledges nothing; connections are opened anew and checked before the next acknowledgement. Want
/// of memory is such a failure until the commit; after it, the writer waits for memory and goes on.
class Writer {
 public:
  /// Opens or creates the catalogue and the journal, checks them, and starts the thread. `directory` must outlive it.
  static Result<std::unique_ptr<Writer>> open(const Directory& directory, WriterOptions options = {});

  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();  ///< stops

  /// Error unavailable: queue full or stopping; `answer` is then not called.
  Status submit(EventSubmission submission, EventAnswer answer);
  Status change(CatalogueCommand command, CommandAnswer answer);
  /// The same, waiting for the answer. Not from the writer thread.
  Result<std::vector<ItemVerdict>> submit_and_wait(EventSubmission submission);
  Status change_and_wait(CatalogueCommand command);

  /// Carries out the erasures of these units that are ordered (Catalogue::order_erasure) and not finished; the others
  /// among them are left alone. What comes of a unit is refused from its order on. Takes seconds where much is stored,
  /// and nothing else is written meanwhile. After an Error it may be repeated; the next open finishes what is left.
  Status erase_and_wait(std::uint32_t environment, std::vector<UnitName> units);

  /// Carries out the environment's expiry that is ordered (Catalogue::order_expiry), if it is not finished. What is too
  /// old is refused from the order on. Takes seconds where much is stored, and nothing else is written meanwhile. After
  /// an Error it may be repeated; the next open finishes what is left.
  Status expire_and_wait(std::uint32_t environment);

  /// Takes nothing more, finishes what is queued, closes. Safe to call twice.
  void stop();

  [[nodiscard]] WriterState state() const;
  [[nodiscard]] Ledger ledger(std::uint32_t environment) const;
  [[nodiscard]] LedgerSums ledger_sums(std::uint32_t environment) const;

 private:
  struct Impl;
  explicit Writer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// Events that take effect later than this after their receipt are quarantined.
inline constexpr Micros kFurthestAhead = std::chrono::hours(24);

/// te: `ts`, unless the client's clock was more than 300 s off when it sent: then ts + received - sent_at.
[[nodiscard]] Time effective_time(Time ts, std::optional<Time> sent_at, Time received) noexcept;

}  // namespace touchstone::storage
