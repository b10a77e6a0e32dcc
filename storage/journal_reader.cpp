#include <algorithm>
#include <chrono>
#include <ranges>
#include <tuple>

#include <fmt/format.h>

#include "storage/journal.hpp"
#include "storage/journal_files.hpp"
#include "storage/segment.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage {
namespace {

void cut(StoredBatch& batch, const JournalRange& range) {
  std::erase_if(batch.events, [&](const StoredEvent& row) {
    return row.seq > range.to_seq || row.te < range.from || row.te >= range.before;
  });
}

/// From five columns on.
Ledger ledger_of(const sqlite::Rows& row, int first) {
  return {row.number<std::uint64_t>(first), row.number<std::uint64_t>(first + 1), row.number<std::uint64_t>(first + 2),
          row.number<std::uint64_t>(first + 3), row.number<std::uint64_t>(first + 4)};
}

}  // namespace

Result<StoredBatch> events_of(const SegmentRow& row) {
  if (const Status sound = check(row); !sound) return sound.error();
  auto segment = decode_segment(row.body);
  if (!segment) return damaged(row, segment.error().message);
  const auto& events = segment->batch.events;
  const auto [first, last] = std::ranges::minmax(events | std::views::transform(&StoredEvent::te));
  const bool agrees = first == row.min_te && last == row.max_te && segment->environment == row.environment &&
                      events.size() == row.rows && events.front().seq == row.first_seq &&
                      events.back().seq == row.last_seq;
  if (!agrees) return damaged(row, "row and body disagree");
  std::erase_if(segment->batch.events, [&](const StoredEvent& stored) { return stored.seq < row.from; });
  return std::move(segment->batch);
}

struct JournalReader::Impl {
  JournalFiles files;
};

JournalReader::JournalReader(const std::filesystem::path& directory)
    : impl_(std::make_unique<Impl>(Impl{JournalFiles(directory)})) {}
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;
JournalReader::~JournalReader() = default;

Status JournalReader::scan(const JournalRange& range, const Visit& visit) {
  return sqlite::answering([&]() -> Status {
    SegmentCursor cursor(impl_->files.open(), range);
    std::map<std::uint32_t, std::uint64_t> given;
    for (auto row = cursor.next(); row && row->first_seq <= range.to_seq; row = cursor.next()) {
      auto batch = events_of(*row);
      if (!batch) return batch.error();
      auto& last = given[row->environment];
      if (batch->events.front().seq <= last)
        return damaged(*row, fmt::format("seq {} is already in another segment", last));
      last = row->last_seq;
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

Result<std::uint64_t> JournalReader::count(std::uint32_t environment, std::uint64_t to_seq) {
  return sqlite::answering([&]() -> Result<std::uint64_t> {
    std::uint64_t count = 0;
    std::uint64_t last = 0;
    for (JournalFiles::File* file : impl_->files.open()) {
      auto row = file->rows_to(environment, to_seq);
      if (!row.step() || row.null(1)) continue;
      count += row.number<std::uint64_t>(0);
      last = std::max(last, row.number<std::uint64_t>(1));
    }
    const auto cut_apart = scan({.from_seq = last + 1, .to_seq = to_seq, .environment = environment},
                                [&count](std::uint32_t, StoredBatch&& batch) {
                                  count += batch.events.size();
                                  return true;
                                });
    if (!cut_apart) return cut_apart.error();
    return count;
  });
}

Result<std::optional<Time>> JournalReader::newest(std::uint32_t environment) {
  return sqlite::answering([&]() -> Result<std::optional<Time>> {
    std::optional<Time> newest;
    for (JournalFiles::File* file : impl_->files.open()) {
      auto row = file->newest_te(environment);
      if (row.step() && !row.null(0)) newest = std::max(newest, std::optional(row.time(0)));
    }
    return newest;
  });
}

Result<std::vector<ErasedEvents>> JournalReader::erased(std::uint64_t erasure, std::uint64_t to_seq) {
  return sqlite::answering([&]() -> Result<std::vector<ErasedEvents>> {
    std::vector<ErasedEvents> all;
    for (JournalFiles::File* file : impl_->files.open()) {
      ErasedEvents here{file->db.file().filename().string(), {}, 0, 0};
      for (auto row = file->erased_of(erasure, to_seq); row.step();) {
        here.last_seq = row.number<std::uint64_t>(0);
        if (here.events.count() == 0) here.first_seq = here.last_seq;
        here.events.add(fingerprint_of(row.bytes(1)));
      }
      if (here.events.count() > 0) all.push_back(std::move(here));
    }
    return all;
  });
}

Result<ExpiredEvents> JournalReader::expired(std::uint32_t environment, std::uint64_t to_seq,
                                             std::uint64_t after_change) {
  return sqlite::answering([&]() -> Result<ExpiredEvents> {
    ExpiredEvents all;
    for (JournalFiles::File* file : impl_->files.open()) {
      for (auto row = file->expired_of(environment, to_seq, after_change); row.step();) {
        all.whole &= row.number<std::uint64_t>(0) <= to_seq;
        all.events.add(EventSet::of(row.bytes(1)));
      }
    }
    return all;
  });
}

Result<std::map<std::uint32_t, LedgerSums>> JournalReader::ledgers() {
  return sqlite::answering([&]() -> Result<std::map<std::uint32_t, LedgerSums>> {
    std::map<std::uint32_t, LedgerSums> sums;
    for (JournalFiles::File* file : impl_->files.open()) {
      for (auto row = file->ledgers(); row.step();) {
        sums[row.number<std::uint32_t>(0)].add(row.number<std::uint32_t>(1), row.text(2), ledger_of(row, 3));
      }
    }
    return sums;
  });
}

Result<std::vector<LedgerLine>> JournalReader::ledger(std::uint32_t environment, Time from, Time before) {
  return sqlite::answering([&]() -> Result<std::vector<LedgerLine>> {
    std::map<std::tuple<Time, std::uint32_t, std::string>, Ledger> sums;
    for (JournalFiles::File* file : impl_->files.open()) {
      for (auto row = file->ledger_lines(environment, hours_of(from), hours_of(before)); row.step();) {
        sums[{Time{std::chrono::hours(row.integer(0))}, row.number<std::uint32_t>(1), std::string(row.text(2))}] +=
            ledger_of(row, 3);
      }
    }
    std::vector<LedgerLine> lines;
    for (const auto& [line, counts] : sums)
      lines.push_back({std::get<0>(line), std::get<1>(line), std::get<2>(line), counts});
    return lines;
  });
}

Status JournalReader::verify() {
  return sqlite::answering([&]() -> Status {
    for (JournalFiles::File* file : impl_->files.open()) {
      file->db.check();
      if (Status apart = check_overlap(*file); !apart) return apart;
    }
    return scan({}, [](std::uint32_t, StoredBatch&&) { return true; });
  });
}

}  // namespace touchstone::storage
