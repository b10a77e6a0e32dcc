#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

#include "storage/merge.hpp"
#include "storage/writer.hpp"

namespace touchstone::storage {

struct PendingEvents {
  EventSubmission submission;
  EventAnswer answer;
};

struct PendingCommand {
  CatalogueCommand run;
  CommandAnswer answer;
};

struct PendingErasure {
  std::uint32_t environment = 0;
  std::vector<UnitName> units;
  CommandAnswer answer;
};

struct PendingExpiry {
  std::uint32_t environment = 0;
  CommandAnswer answer;
};

struct PendingMerge {
  Merge merge;
  CommandAnswer answer;
};

/// What the writer does next: a group of batches, or one of the others. Order of arrival is kept.
using Work = std::variant<std::vector<PendingEvents>, PendingCommand, PendingErasure, PendingExpiry, PendingMerge>;

/// Between many callers and the one writer. Thread-safe; a caller holds the lock for one move.
class WriterQueue {
 public:
  explicit WriterQueue(const WriterOptions& options);

  /// Error unavailable: full or closed.
  Status push(PendingEvents events);
  Status push(PendingCommand command);
  Status push(PendingErasure erasure);
  Status push(PendingExpiry expiry);
  Status push(PendingMerge merge);

  /// Waits for work; absent = closed and empty. Without memory for it (std::bad_alloc) nothing is taken.
  std::optional<Work> take();

  /// Nothing more comes in; what is there still goes out.
  void close();

  [[nodiscard]] std::size_t events() const;

 private:
  using Item = std::variant<PendingEvents, PendingCommand, PendingErasure, PendingExpiry, PendingMerge>;

  [[nodiscard]] Status room(std::size_t queued, std::size_t added, std::size_t bound) const;
  template <class Single>
  Status push_single(Single single);
  template <class Single>
  std::optional<Work> take_single();
  std::vector<PendingEvents> take_group();

  std::size_t event_bound_;
  std::size_t command_bound_;
  std::size_t group_events_;
  Micros linger_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Item> items_;
  std::size_t events_ = 0;
  std::size_t commands_ = 0;  ///< and erasures, expiries and merges
  bool closed_ = false;
};

}  // namespace touchstone::storage
