#include "storage/journal_files.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fmt/format.h>

#include "storage/segment.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/migrate.hpp"

namespace touchstone::storage {
namespace {

constexpr std::string_view kPattern = "journal-0000-00.db";

bool is_journal(std::string_view name) {
  return std::equal(name.begin(), name.end(), kPattern.begin(), kPattern.end(),
                    [](char c, char pattern) { return pattern == '0' ? c >= '0' && c <= '9' : c == pattern; });
}

struct Close {
  void operator()(DIR* listing) const noexcept { closedir(listing); }
};

}  // namespace

std::filesystem::path journal_file(const std::filesystem::path& directory, Time received) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(received));
  return directory /
         fmt::format("journal-{:04}-{:02}.db", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

std::vector<std::filesystem::path> journal_files(const std::filesystem::path& directory) {
  // libstdc++ 12 ends the program where there is no memory for a std::filesystem::directory_iterator.
  const std::unique_ptr<DIR, Close> listing(opendir(directory.c_str()));
  if (!listing) throw std::system_error(errno, std::generic_category(), directory.string());
  std::vector<std::filesystem::path> files;
  while (const dirent* entry = readdir(listing.get())) {  // NOLINT(concurrency-mt-unsafe): the listing is its own
    if (is_journal(entry->d_name)) files.push_back(directory / entry->d_name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

Error damaged(const SegmentRow& row, std::string_view what) {
  return {ErrorCode::internal,
          fmt::format("{}, segment at seq {}: {}", row.file.string(), row.first_seq, what),
          {},
          "Restore this file from a backup."};
}

Status check(const SegmentRow& row) {
  return segment_checksum(row.body) == row.crc32 ? ok() : damaged(row, "the checksum does not match");
}

JournalFiles::File::File(const std::filesystem::path& path)
    : db(path, sqlite::Access::read),
      next(db, sql::journal::segment_next),
      next_of(db, sql::journal::segment_next_of),
      last_seq(db, sql::journal::last_seq),
      ledgers(db, sql::journal::ledgers) {}

std::vector<JournalFiles::File*> JournalFiles::open() {
  std::vector<File*> all;
  for (const auto& path : journal_files(directory_)) {
    auto& file = files_[path];
    if (!file && sqlite::schema_version(sqlite::Handle(path, sqlite::Access::read)) > 0) {
      file = std::make_unique<File>(path);
    }
    if (file) all.push_back(file.get());
  }
  return all;
}

SegmentCursor::SegmentCursor(const std::vector<JournalFiles::File*>& files, std::uint64_t from_seq,
                             std::optional<std::uint32_t> environment)
    : environment_(environment) {
  for (JournalFiles::File* file : files) place(file, from_seq);
}

sqlite::Rows SegmentCursor::find(JournalFiles::File& file, std::uint64_t from) {
  return environment_ ? file.next_of(from, *environment_) : file.next(from);
}

void SegmentCursor::place(JournalFiles::File* file, std::uint64_t from) {
  auto row = find(*file, from);
  if (row.step()) places_.push_back({file, from, row.number<std::uint64_t>(0)});
}

std::optional<SegmentRow> SegmentCursor::next() {
  const auto nearest = std::min_element(places_.begin(), places_.end(),
                                        [](const Place& a, const Place& b) { return a.first < b.first; });
  if (nearest == places_.end()) return std::nullopt;
  const Place place_now = *nearest;
  places_.erase(nearest);
  SegmentRow segment;
  {
    auto row = find(*place_now.file, place_now.from);
    if (!row.step()) return next();
    segment = {place_now.file->db.file(),    row.number<std::uint64_t>(0), row.number<std::uint64_t>(1),
               row.number<std::uint32_t>(2), row.number<std::uint32_t>(3), row.number<std::uint32_t>(4),
               std::string(row.bytes(5))};
  }
  place(place_now.file, segment.last_seq + 1);
  return segment;
}

}  // namespace touchstone::storage
