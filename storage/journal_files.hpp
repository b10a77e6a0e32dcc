#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/journal.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

/// journal-YYYY-MM.db
[[nodiscard]] std::filesystem::path journal_file(const std::filesystem::path& directory, Time received);
/// Those that are there, by name.
[[nodiscard]] std::vector<std::filesystem::path> journal_files(const std::filesystem::path& directory);
[[nodiscard]] bool is_journal(std::string_view file_name) noexcept;

/// How a ledger's hours are numbered.
[[nodiscard]] std::int64_t hours_of(Time time) noexcept;

/// A row of the table, as it is.
struct SegmentRow {
  std::filesystem::path file;
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::uint32_t environment = 0;
  std::uint32_t rows = 0;
  std::uint32_t crc32 = 0;
  Time min_te{};
  Time max_te{};
  std::string body;
  std::uint64_t from = 0;  ///< events before it are not asked for, or were given by segments that this one replaced
};

/// From the columns that every question for segments answers with.
[[nodiscard]] SegmentRow segment_row(const std::filesystem::path& file, const sqlite::Rows& row);

/// Checksum; the error names file and seq.
[[nodiscard]] Status check(const SegmentRow& row);
/// The events of a segment from `from` on, after everything that can be compared was compared.
[[nodiscard]] Result<StoredBatch> events_of(const SegmentRow& row);
[[nodiscard]] Error damaged(const SegmentRow& row, std::string_view what);

/// Read-only connections to all files of a journal. Throws sqlite::Failure.
class JournalFiles {
 public:
  explicit JournalFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

  struct File {
    explicit File(const std::filesystem::path& path);

    sqlite::Handle db;
    sqlite::Statement next;
    sqlite::Statement environments;
    sqlite::Statement sizes;
    sqlite::Statement overlap;
    sqlite::Statement last_seq;
    sqlite::Statement rows_to;
    sqlite::Statement ledgers;
    sqlite::Statement ledger_lines;
    sqlite::Statement ledger_gap;
    sqlite::Statement erased_of;
    sqlite::Statement expired_of;
    sqlite::Statement gone_between;
    sqlite::Statement newest_te;
  };

  /// Opens those that appeared; a file that is still being made is left for later.
  std::vector<File*> open();

 private:
  std::filesystem::path directory_;
  std::map<std::filesystem::path, std::unique_ptr<File>> files_;
};

/// The environments with segments in any of the files.
[[nodiscard]] std::set<std::uint32_t> environments_in(const std::vector<JournalFiles::File*>& files);
/// Segments of one environment that hold the same numbers; of the file as it is at one moment.
[[nodiscard]] Status check_overlap(JournalFiles::File& file);

/// Walks the segments of all files: those of one environment in order of seq, also where a clock that went back has
/// mixed the months; those of several by their first. Segments may be joined meanwhile: no event comes twice or never.
class SegmentCursor {
 public:
  SegmentCursor(const std::vector<JournalFiles::File*>& files, const JournalRange& range);

  /// The next segment that may hold events of the range; nothing is said of where it ends.
  std::optional<SegmentRow> next();

 private:
  struct Place {
    JournalFiles::File* file;
    std::uint32_t environment;
    std::uint64_t from;
    std::uint64_t first;  ///< of the file's next segment
  };

  [[nodiscard]] sqlite::Rows find(const Place& place) const;
  void put(Place place);

  JournalRange range_;
  std::vector<Place> places_;
};

}  // namespace touchstone::storage
