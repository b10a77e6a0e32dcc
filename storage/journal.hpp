#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "assign/result.hpp"
#include "storage/directory.hpp"
#include "storage/erasure.hpp"
#include "storage/event.hpp"
#include "storage/expiry.hpp"
#include "storage/fingerprint.hpp"
#include "storage/ledger.hpp"

namespace touchstone::storage {

class ErasedUnits;
struct Merge;

/// What one group commit adds to an environment. `events`: ascending seq, may be empty.
struct JournalEntry {
  std::uint32_t environment = 0;
  std::span<const StoredEvent> events;
  std::vector<LedgerLine> counts;
};

/// Numbers are stored as signed ones.
inline constexpr std::uint64_t kLastSeq = std::numeric_limits<std::int64_t>::max();

/// What to read. Only committed events are seen.
struct JournalRange {
  std::uint64_t from_seq = 1;
  std::uint64_t to_seq = std::numeric_limits<std::uint64_t>::max();  ///< inclusive
  std::optional<std::uint32_t> environment{};                        ///< absent = all, for rebuilding and verifying
  Time from = Time::min();                                           ///< te, inclusive
  Time before = Time::max();                                         ///< te, exclusive
};

/// The reading side: read-only connections of its own. Any number beside the writer; one thread each.
class JournalReader {
 public:
  /// Also beside whoever holds the directory.
  explicit JournalReader(const std::filesystem::path& directory);
  explicit JournalReader(const Directory& directory) : JournalReader(directory.path()) {}
  JournalReader(JournalReader&&) noexcept;
  JournalReader& operator=(JournalReader&&) noexcept;
  ~JournalReader();

  /// Takes a run of events of one environment; false = enough.
  using Visit = std::function<bool(std::uint32_t environment, StoredBatch&& batch)>;

  /// Events of one environment come in order of seq, runs of several by the first of the segment they lie in. Errors:
  /// internal, naming file and seq of a damaged segment; unavailable.
  Status scan(const JournalRange& range, const Visit& visit);

  [[nodiscard]] Result<std::uint64_t> last_seq();  ///< also where it is gone
  /// Events of an environment up to a number. Reads one segment at most.
  [[nodiscard]] Result<std::uint64_t> count(std::uint32_t environment, std::uint64_t to_seq);
  /// The latest te of an environment; absent without events.
  [[nodiscard]] Result<std::optional<Time>> newest(std::uint32_t environment);
  /// What each file held of an erased unit, up to a number.
  [[nodiscard]] Result<std::vector<ErasedEvents>> erased(std::uint64_t erasure, std::uint64_t to_seq = kLastSeq);
  /// What was let go of an environment, up to a number, by orders after a change.
  [[nodiscard]] Result<ExpiredEvents> expired(std::uint32_t environment, std::uint64_t to_seq = kLastSeq,
                                              std::uint64_t after_change = 0);
  [[nodiscard]] Result<std::map<std::uint32_t, LedgerSums>> ledgers();  ///< by environment
  /// Those of hours in [from, before), by hour, key and experiment.
  [[nodiscard]] Result<std::vector<LedgerLine>> ledger(std::uint32_t environment, Time from, Time before);

  /// Reads everything: checksums, decoding, row counts, order of seq; each database by its own integrity check.
  Status verify();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The writing side of the journal: files journal-YYYY-MM.db by receive month. One per directory, used by one thread.
class Journal {
 public:
  /// Finishes what a killed process left in the write-ahead logs, checks every page and checksum and reads how far the
  /// journal goes. Errors: internal, naming file and seq of what is damaged; invalid for a newer schema.
  static Result<Journal> open(const Directory& directory);

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  /// One transaction in the file of that month; after ok() it survives power loss. After an Error (unavailable) the
  /// connection is closed: use the journal again only after `reopen`.
  Status append(Time received, std::span<const JournalEntry> entries);

  /// After a failed append: opens anew and makes whatever the failed commit left durable, or fails (unavailable).
  Status reopen();

  /// Takes all events of the units out, file by file, and leaves no trace of them but keyed hashes: erase_from(). After
  /// an Error use the journal again only after `reopen`, and repeat it.
  Status erase(ErasedUnits& units, const FingerprintKey& sets, std::set<Day>& days);

  /// Lets go of what an environment no longer keeps: expire_from(). After an Error likewise.
  Status expire(const Expiry& order, const FingerprintKey& sets, std::set<Day>& days);

  /// Puts one segment in the place of several, in one transaction; nothing (false) where one of them is not as it was,
  /// as a unit was erased meanwhile. After an Error use the journal again only after `reopen`.
  Result<bool> merge(const Merge& merge);

  /// All events whose ts as sent lies in that day, and some of other days. Of the journal as `append` left it.
  Status scan_day(Day day, const JournalReader::Visit& visit);

  [[nodiscard]] std::uint64_t last_seq() const noexcept;  ///< 0 = nothing yet

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace touchstone::storage
