#include "storage/segment_table.hpp"

#include <algorithm>
#include <string>

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

SegmentTable::SegmentTable(const sqlite::Handle& db) : add_(db, sql::journal::segment_add) {}

void SegmentTable::add(std::uint32_t environment, std::span<const StoredEvent> events) {
  Span te;
  Span received;
  for (const StoredEvent& row : events) {
    te.include(row.te);
    received.include(row.received);
  }
  const std::string body = encode_segment(environment, events);
  add_.run(events.front().seq, events.back().seq, environment, events.size(), te.first, te.last, received.first,
           received.last, segment::kFormat, segment_checksum(body), sqlite::Blob{body});
}

}  // namespace touchstone::storage
