#pragma once

#include <cstdint>
#include <span>

#include "storage/event.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"

namespace touchstone::storage {

/// Where a file of the journal is written. Throws sqlite::Failure.
class SegmentTable {
 public:
  explicit SegmentTable(const sqlite::Handle& db);

  /// A run of events of one environment as one segment.
  void add(std::uint32_t environment, std::span<const StoredEvent> events);

 private:
  sqlite::Statement add_;
};

}  // namespace touchstone::storage
