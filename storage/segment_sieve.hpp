#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "assign/result.hpp"
#include "storage/journal_files.hpp"
#include "storage/segment_table.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"

namespace touchstone::storage {

/// Takes events out of the segments of one file, inside the caller's transaction. Throws sqlite::Failure.
class SegmentSieve {
 public:
  explicit SegmentSieve(const sqlite::Handle& db);

  /// The environment's first segment after that number, of those with an event that took effect before `older_than`.
  std::optional<SegmentRow> next(std::uint32_t environment, std::uint64_t after, Time older_than = Time::max());

  /// Asked once of each event, in order.
  using Takes = std::function<bool(const StoredEvent&)>;
  /// Writes the segment again without what `takes` names. Errors: internal where it is damaged.
  Status take_out(const SegmentRow& row, const Takes& takes);

 private:
  std::filesystem::path file_;
  SegmentTable segments_;
  sqlite::Statement after_;
  sqlite::Statement remove_;
};

}  // namespace touchstone::storage
