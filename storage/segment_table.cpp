#include "storage/segment_table.hpp"

#include <algorithm>

#include "storage/segment.hpp"
#include "storage/segment/layout.hpp"
#include "storage/sql_text.hpp"

namespace touchstone::storage {
namespace {

struct Span {
  Time first = Time::max();
  Time last = Time::min();

  void include(Time time) {
    first = std::min(first, time);
    last = std::max(last, time);
  }
};

}  // namespace

SegmentDraft draft_of(std::uint32_t environment, std::span<const StoredEvent> events) {
  Span te;
  Span received;
  for (const StoredEvent& row : events) {
    te.include(row.te);
    received.include(row.received);
  }
  return {environment,    events.front().seq, events.back().seq,
          events.size(),  te.first,           te.last,
          received.first, received.last,      encode_segment(environment, events)};
}

SegmentTable::SegmentTable(const sqlite::Handle& db) : add_(db, sql::journal::segment_add) {}

void SegmentTable::add(const SegmentDraft& draft) {
  add_.run(draft.first_seq, draft.last_seq, draft.environment, draft.rows, draft.min_te, draft.max_te,
           draft.min_received, draft.max_received, segment::kFormat, segment_checksum(draft.body),
           sqlite::Blob{draft.body});
}

}  // namespace touchstone::storage
