#include "storage/segment_sieve.hpp"

#include <vector>

#include "storage/sql_text.hpp"

namespace touchstone::storage {

SegmentSieve::SegmentSieve(const sqlite::Handle& db)
    : file_(db.file()),
      segments_(db),
      after_(db, sql::journal::segment_after),
      remove_(db, sql::journal::segment_remove) {}

std::optional<SegmentRow> SegmentSieve::next(std::uint32_t environment, std::uint64_t after, Time older_than) {
  auto row = after_(environment, after, older_than);
  if (!row.step()) return std::nullopt;
  return segment_row(file_, row);
}

Status SegmentSieve::take_out(const SegmentRow& row, const Takes& takes) {
  auto batch = events_of(row);
  if (!batch) return batch.error();
  const std::size_t before = batch->events.size();
  std::vector<StoredEvent> left;
  for (const StoredEvent& stored : batch->events)
    if (!takes(stored)) left.push_back(stored);
  if (left.size() == before) return ok();
  remove_.run(row.first_seq);
  if (!left.empty()) segments_.add(draft_of(row.environment, left));
  return ok();
}

}  // namespace touchstone::storage
