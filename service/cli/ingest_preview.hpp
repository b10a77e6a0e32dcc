#pragma once

#include <string>

#include "service/cli/ingest_plan.hpp"
#include "service/cli/record_file.hpp"
#include "storage/event.hpp"

namespace touchstone::cli {

/// What the rows that the file has ahead become by a plan.
struct IngestPreview {
  std::string text;            ///< the first 20 rows as the events that would be stored, and how many would be rejected
  storage::EventBatch events;  ///< of those 20
};
[[nodiscard]] IngestPreview ingest_preview(const IngestPlan& plan, const RecordFile& file);

}  // namespace touchstone::cli
