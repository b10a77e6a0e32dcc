#include <fmt/format.h>

#include "storage/journal.hpp"
#include "storage/journal_files.hpp"
#include "storage/segment.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage {
namespace {

/// The events of a segment, after everything that can be compared was compared.
Result<StoredBatch> events_of(const SegmentRow& row) {
  if (const Status sound = check(row); !sound) return sound.error();
  auto segment = decode_segment(row.body);
  if (!segment) return damaged(row, segment.error().message);
  const auto& events = segment->batch.events;
  const bool agrees = segment->environment == row.environment && events.size() == row.rows &&
                      events.front().seq == row.first_seq && events.back().seq == row.last_seq;
  if (!agrees) return damaged(row, "row and body disagree");
  return std::move(segment->batch);
}

void cut(StoredBatch& batch, const JournalRange& range) {
  std::erase_if(batch.events,
                [&](const StoredEvent& row) { return row.seq < range.from_seq || row.seq > range.to_seq; });
}

}  // namespace

struct JournalReader::Impl {
  JournalFiles files;
};

JournalReader::JournalReader(const Directory& directory)
    : impl_(std::make_unique<Impl>(Impl{JournalFiles(directory.path())})) {}
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;
JournalReader::~JournalReader() = default;

Status JournalReader::scan(const JournalRange& range, const Visit& visit) {
  return sqlite::answering([&]() -> Status {
    SegmentCursor cursor(impl_->files.open(), range.from_seq, range.environment);
    std::uint64_t last = 0;
    for (auto row = cursor.next(); row && row->first_seq <= range.to_seq; row = cursor.next()) {
      if (row->first_seq <= last) return damaged(*row, fmt::format("seq {} is already in another segment", last));
      last = row->last_seq;
      auto batch = events_of(*row);
      if (!batch) return batch.error();
      cut(*batch, range);
      if (!batch->events.empty() && !visit(row->environment, std::move(*batch))) return ok();
    }
    return ok();
  });
}

Result<std::uint64_t> JournalReader::last_seq() {
  return sqlite::answering([&]() -> Result<std::uint64_t> {
    std::uint64_t last = 0;
    for (JournalFiles::File* file : impl_->files.open()) {
      auto row = file->last_seq();
      if (row.step()) last = std::max(last, row.number<std::uint64_t>(0));
    }
    return last;
  });
}

Result<std::map<std::uint32_t, Ledger>> JournalReader::ledgers() {
  return sqlite::answering([&]() -> Result<std::map<std::uint32_t, Ledger>> {
    std::map<std::uint32_t, Ledger> sums;
    for (JournalFiles::File* file : impl_->files.open()) {
      for (auto row = file->ledgers(); row.step();) {
        sums[row.number<std::uint32_t>(0)] +=
            {row.number<std::uint64_t>(1), row.number<std::uint64_t>(2), row.number<std::uint64_t>(3),
             row.number<std::uint64_t>(4), row.number<std::uint64_t>(5)};
      }
    }
    return sums;
  });
}

Status JournalReader::verify() {
  return sqlite::answering([&]() -> Status {
    for (JournalFiles::File* file : impl_->files.open()) file->db.check();
    return scan({}, [](std::uint32_t, StoredBatch&&) { return true; });
  });
}

}  // namespace touchstone::storage
