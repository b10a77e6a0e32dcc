#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/cli/options.hpp"
#include "service/cli/record_file.hpp"
#include "service/codec/event_log.hpp"
#include "service/codec/file_rows.hpp"
#include "service/codec/row_events.hpp"
#include "service/codec/row_mapping.hpp"

namespace touchstone::cli {

/// How a file's rows become events. An event log needs no mapping.
struct IngestPlan {
  RecordForm form = RecordForm::log;
  codec::FileRows rows = codec::FileRows::objects();
  codec::RowMapping mapping;
  bool zone_told = true;  ///< times say their zone, or --zone does

  [[nodiscard]] bool guessed() const;
  /// What tells one plan from another, in short.
  [[nodiscard]] std::string digest() const;
};

/// What --map, --set, --unit-type, --time-format and --zone say. Errors name the option.
[[nodiscard]] Result<codec::RowMapping> asked_mapping(const IngestOptions& options);

/// Looks at the file's first rows, which stay to be read, and guesses what the options leave open.
[[nodiscard]] Result<IngestPlan> ingest_plan(const IngestOptions& options, const std::string& path, RecordFile& file);

/// The plan for people: a line per column, with what was guessed.
[[nodiscard]] std::string plan_text(const IngestPlan& plan, const std::string& path);

/// Makes events of rows, as a plan says.
class PlannedRows {
 public:
  explicit PlannedRows(const IngestPlan& plan) : form_(plan.form), rows_(plan.rows), events_(plan.mapping) {}

  /// Appends the events of a row, none where it says that nothing happened. On error nothing is appended.
  Status read(std::string_view record, std::string_view row_id, storage::EventBatch& out);
  /// Of the row last read: whether it has the fields that rows of this file have.
  [[nodiscard]] bool whole() const noexcept { return whole_; }

 private:
  RecordForm form_;
  codec::FileRows rows_;
  codec::RowEvents events_;
  codec::EventLogReader log_;
  bool whole_ = true;
};

}  // namespace touchstone::cli
