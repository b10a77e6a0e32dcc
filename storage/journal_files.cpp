#include "storage/journal_files.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "storage/listing.hpp"
#include "storage/schemas.hpp"
#include "storage/segment.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/migrate.hpp"

namespace touchstone::storage {
namespace {

constexpr std::string_view kPattern = "journal-0000-00.db";

/// A file that is still being made has no schema yet.
bool current(const std::filesystem::path& path) {
  const int version = sqlite::schema_version(sqlite::Handle(path, sqlite::Access::read));
  if (version == 0 || version == journal_schema()) return version != 0;
  throw sqlite::Failure(SQLITE_SCHEMA, fmt::format("{} has schema {}, and this program reads schema {}: serve the "
                                                   "directory once, or use the program that wrote it",
                                                   path.string(), version, journal_schema()));
}

}  // namespace

bool is_journal(std::string_view file_name) noexcept {
  return std::equal(file_name.begin(), file_name.end(), kPattern.begin(), kPattern.end(),
                    [](char c, char pattern) { return pattern == '0' ? c >= '0' && c <= '9' : c == pattern; });
}

std::int64_t hours_of(Time time) noexcept {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

std::filesystem::path journal_file(const std::filesystem::path& directory, Time received) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(received));
  return directory /
         fmt::format("journal-{:04}-{:02}.db", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

std::vector<std::filesystem::path> journal_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  for (const std::string& name : names_in(directory))
    if (is_journal(name)) files.push_back(directory / name);
  return files;
}

Error damaged(const SegmentRow& row, std::string_view what) {
  return {ErrorCode::internal,
          fmt::format("{}, segment at seq {}: {}", row.file.string(), row.first_seq, what),
          {},
          "Restore this file from a backup."};
}

SegmentRow segment_row(const std::filesystem::path& file, const sqlite::Rows& row) {
  return {file,
          row.number<std::uint64_t>(0),
          row.number<std::uint64_t>(1),
          row.number<std::uint32_t>(2),
          row.number<std::uint32_t>(3),
          row.number<std::uint32_t>(4),
          row.time(5),
          row.time(6),
          std::string(row.bytes(7)),
          0};
}

Status check(const SegmentRow& row) {
  return segment_checksum(row.body) == row.crc32 ? ok() : damaged(row, "the checksum does not match");
}

JournalFiles::File::File(const std::filesystem::path& path)
    : db(path, sqlite::Access::read),
      next(db, sql::journal::segment_next),
      environments(db, sql::journal::environments),
      sizes(db, sql::journal::segment_sizes),
      overlap(db, sql::journal::segment_overlap),
      last_seq(db, sql::journal::last_seq),
      rows_to(db, sql::journal::rows_to),
      ledgers(db, sql::journal::ledgers),
      ledger_lines(db, sql::journal::ledger_lines),
      ledger_gap(db, sql::journal::ledger_gap),
      erased_of(db, sql::journal::erased_of),
      expired_of(db, sql::journal::expired_of),
      gone_between(db, sql::journal::gone_between),
      newest_te(db, sql::journal::newest_te) {}

std::vector<JournalFiles::File*> JournalFiles::open() {
  std::vector<File*> all;
  for (const auto& path : journal_files(directory_)) {
    auto& file = files_[path];
    if (!file && current(path)) file = std::make_unique<File>(path);
    if (file) all.push_back(file.get());
  }
  return all;
}

std::set<std::uint32_t> environments_in(const std::vector<JournalFiles::File*>& files) {
  std::set<std::uint32_t> all;
  for (JournalFiles::File* file : files)
    for (auto row = file->environments(); row.step();) all.insert(row.number<std::uint32_t>(0));
  return all;
}

Status check_overlap(JournalFiles::File& file) {
  auto row = file.overlap();
  if (!row.step()) return ok();
  SegmentRow second;
  second.file = file.db.file();
  second.first_seq = row.number<std::uint64_t>(0);
  return damaged(second, fmt::format("seq {} is in another segment too", row.number<std::uint64_t>(1)));
}

SegmentCursor::SegmentCursor(const std::vector<JournalFiles::File*>& files, const JournalRange& range) : range_(range) {
  for (JournalFiles::File* file : files)
    for (const std::uint32_t environment : environments_in({file}))
      if (!range.environment || *range.environment == environment) put({file, environment, range.from_seq, 0});
}

sqlite::Rows SegmentCursor::find(const Place& place) const {
  return place.file->next(place.from, range_.from, range_.before, place.environment);
}

void SegmentCursor::put(Place place) {
  auto row = find(place);
  if (!row.step()) return;
  place.first = row.number<std::uint64_t>(0);
  places_.push_back(place);
}

std::optional<SegmentRow> SegmentCursor::next() {
  const auto nearest = std::ranges::min_element(places_, {}, &Place::first);
  if (nearest == places_.end()) return std::nullopt;
  Place place = *nearest;
  places_.erase(nearest);
  SegmentRow segment;
  {
    auto row = find(place);
    if (!row.step()) return next();
    segment = segment_row(place.file->db.file(), row);
  }
  segment.from = std::exchange(place.from, segment.last_seq + 1);
  put(place);
  return segment;
}

}  // namespace touchstone::storage
