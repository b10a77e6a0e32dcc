#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "assign/instant.hpp"
#include "storage/catalogue.hpp"
#include "storage/erased_units.hpp"
#include "storage/examine/numbers.hpp"
#include "storage/examine/parts.hpp"
#include "storage/fingerprint.hpp"
#include "storage/journal_files.hpp"
#include "storage/schemas.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage::examination {
namespace {

constexpr std::string_view kRestore = "Restore this file from a backup (touchstone restore).";
constexpr std::size_t kIdentities = 4U << 20U;  ///< held at once, 16 bytes each
constexpr Micros kTolerableClock = std::chrono::minutes(5);
constexpr std::size_t kNamed = 20;  ///< damaged segments; the others are counted

/// Reads every segment of all files.
class Walk {
 public:
  Walk(std::vector<JournalFiles::File*> files, ErasedUnits erased)
      : files_(std::move(files)), units_(std::move(erased)) {}

  void run(Findings& findings) {
    for (JournalFiles::File* file : files_)
      if (const Status apart = check_overlap(*file); !apart) complain(apart.error(), findings);
    SegmentCursor cursor(files_, {});
    while (const auto row = cursor.next()) take(*row, findings);
    for (const auto& [first, last] : met_.holes())
      if (const auto count = last - first + 1, gone = gone_in(first, last); gone < count)
        complain(missing(gone > 0 ? "some of " : "", first, last), findings);
    if (damaged_ > kNamed)
      findings.push_back(
          problem("segments", fmt::format("{} more are damaged", damaged_ - kNamed), std::string(kRestore)));
    if (damaged_ == 0)
      findings.push_back(
          fine("segments",
               fmt::format("{} events in {} segments, all as they were written, none missing", events_, segments_)));
  }

  [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
  /// Of units that are erased.
  [[nodiscard]] std::uint64_t left() const noexcept { return left_; }
  [[nodiscard]] Time last_received() const noexcept { return last_received_; }
  [[nodiscard]] bool sound() const noexcept { return damaged_ == 0; }

 private:
  /// What a damaged one held is not missing as well.
  void take(const SegmentRow& row, Findings& findings) {
    ++segments_;
    const auto batch = events_of(row);
    if (!batch) {
      met_.meet(row.first_seq, std::max(row.first_seq, row.last_seq));
      return complain(batch.error(), findings);
    }
    events_ += batch->events.size();
    std::optional<std::uint64_t> twice;
    for (const StoredEvent& event : batch->events) {
      if (!met_.meet(event.seq)) twice = event.seq;
      look_at(row.environment, event);
    }
    if (twice) complain(damaged(row, fmt::format("seq {} is in another segment too", *twice)), findings);
  }

  void look_at(std::uint32_t environment, const StoredEvent& event) {
    last_received_ = std::max(last_received_, event.received);
    if (units_.find(environment, event.event)) ++left_;
  }

  static Error missing(std::string_view how, std::uint64_t first, std::uint64_t last) {
    return {ErrorCode::internal, fmt::format("{}events {} to {} are missing", how, first, last), {}, {}};
  }

  /// Erased, or let go.
  std::uint64_t gone_in(std::uint64_t first, std::uint64_t last) {
    std::uint64_t sum = 0;
    for (JournalFiles::File* file : files_) {
      auto row = file->gone_between(first, last);
      if (row.step()) sum += row.number<std::uint64_t>(0);
    }
    return sum;
  }

  void complain(const Error& error, Findings& findings) {
    if (++damaged_ <= kNamed) findings.push_back(told("segments", error, "", kRestore));
  }

  std::vector<JournalFiles::File*> files_;
  ErasedUnits units_;
  Numbers met_;
  std::uint64_t left_ = 0;
  std::uint64_t segments_ = 0;
  std::uint64_t events_ = 0;
  std::size_t damaged_ = 0;
  Time last_received_{};
};

/// Identities that the journal holds more than once. Each pass looks at a share of them.
class Twins {
 public:
  Twins(std::vector<JournalFiles::File*> files, const FingerprintKey& key, std::uint64_t events)
      : files_(std::move(files)), fingerprinter_(key), passes_(events / kIdentities + 1) {}

  Result<std::uint64_t> count() {
    std::uint64_t twins = 0;
    for (std::uint64_t pass = 0; pass < passes_; ++pass) {
      if (const Status gathered = gather(pass); !gathered) return gathered.error();
      std::ranges::sort(names_);
      const auto again = std::ranges::unique(names_);
      twins += again.size();
    }
    return twins;
  }

 private:
  Status gather(std::uint64_t pass) {
    names_.clear();
    SegmentCursor cursor(files_, {});
    while (const auto row = cursor.next()) {
      const auto batch = events_of(*row);
      if (!batch) return batch.error();
      for (const StoredEvent& event : batch->events) {
        const Fingerprint name = fingerprinter_.identify(row->environment, event.event).name;
        if (name.low % passes_ == pass) names_.push_back(name);
      }
    }
    return ok();
  }

  std::vector<JournalFiles::File*> files_;
  Fingerprinter fingerprinter_;
  std::uint64_t passes_;
  std::vector<Fingerprint> names_;
};

void ledger(JournalFiles::File& file, Findings& findings) {
  const std::string subject = file.db.file().filename().string() + ": ledger";
  auto gap = file.ledger_gap();
  if (!gap.step()) return findings.push_back(fine(subject, "every stored event is counted, and nothing else"));
  findings.push_back(problem(subject,
                             fmt::format("environment {}: {} events are there, {} were counted as stored",
                                         gap.integer(0), gap.integer(1), gap.integer(2)),
                             std::string(kRestore)));
}

Finding clock(Time last_received, Time now) {
  const auto text = fmt::format("it is {}", assign::to_text(std::chrono::floor<std::chrono::seconds>(now)));
  if (last_received <= now + kTolerableClock) return fine("clock", text);
  return problem("clock",
                 fmt::format("{}, but the newest event came in at {}", text,
                             assign::to_text(std::chrono::floor<std::chrono::seconds>(last_received))),
                 "Set the clock: events get their time of receipt from it.");
}

/// Those whose erasure is carried out and in force.
ErasedUnits erased_units(const std::filesystem::path& directory) {
  ErasedUnits units{FingerprintKey{}};
  const auto catalogue = Catalogue::read(directory);
  if (!catalogue) return units;  // examine_catalogue says so
  const auto key = (*catalogue)->fingerprint_key();
  const auto erasures = (*catalogue)->erasures();
  if (!key || !erasures) return units;
  units = ErasedUnits(*key);
  for (const Erasure& erasure : *erasures)
    if (erasure.finished && !erasure.lifted) units.put(erasure.environment, erasure.unit, erasure.id);
  return units;
}

void erased(const Walk& walk, Findings& findings) {
  if (walk.left() == 0) return;
  findings.push_back(problem("erasures", fmt::format("{} events of erased units are in the journal", walk.left()),
                             "The journal is older than the catalogue: restore both from one backup, and erase again "
                             "what the certificates since name."));
}

Finding twins(const std::filesystem::path& directory, const std::vector<JournalFiles::File*>& files,
              std::uint64_t events) {
  const auto catalogue = Catalogue::read(directory);
  if (!catalogue) return told("identities", catalogue.error(), "", kRestore);
  const auto key = (*catalogue)->fingerprint_key();
  if (!key) return told("identities", key.error(), "", kRestore);
  const auto twice = Twins(files, *key, events).count();
  if (!twice) return told("identities", twice.error(), "", kRestore);
  if (*twice == 0) return fine("identities", "no event is there twice");
  return problem("identities", fmt::format("{} events are there twice", *twice),
                 "Restore the catalogue and the journal from one backup: they do not belong together.");
}

}  // namespace

void examine_journal(const std::filesystem::path& directory, Time now, Findings& findings) {
  bool readable = true;
  for (const auto& path : journal_files(directory)) readable &= examine_database(path, journal_schema(), findings);
  if (!readable) return;
  const Status read = sqlite::answering([&]() -> Status {
    JournalFiles files(directory);
    const auto open = files.open();
    for (JournalFiles::File* file : open) ledger(*file, findings);
    Walk walk(open, erased_units(directory));
    walk.run(findings);
    erased(walk, findings);
    if (walk.sound()) findings.push_back(twins(directory, open, walk.events()));
    findings.push_back(clock(walk.last_received(), now));
    return ok();
  });
  if (!read) findings.push_back(told("journal", read, "", kRestore));
}

}  // namespace touchstone::storage::examination
