#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "storage/event.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"

namespace touchstone::storage {

/// A run of events of one environment, ready to be a row of the table.
struct SegmentDraft {
  std::uint32_t environment = 0;
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::size_t rows = 0;
  Time min_te{};
  Time max_te{};
  Time min_received{};
  Time max_received{};
  std::string body;
};

/// `events`: at least one, ascending seq.
[[nodiscard]] SegmentDraft draft_of(std::uint32_t environment, std::span<const StoredEvent> events);

/// Where a file of the journal is written. Throws sqlite::Failure.
class SegmentTable {
 public:
  explicit SegmentTable(const sqlite::Handle& db);

  void add(const SegmentDraft& draft);

 private:
  sqlite::Statement add_;
};

}  // namespace touchstone::storage
