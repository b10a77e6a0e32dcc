#pragma once

#include <cstdint>
#include <string>

#include "assign/result.hpp"
#include "service/cli/client.hpp"
#include "service/cli/ingest_plan.hpp"
#include "service/cli/options.hpp"
#include "service/cli/record_file.hpp"

namespace touchstone::cli {

/// What became of a file.
struct IngestTotals {
  std::uint64_t rows = 0;
  std::uint64_t before = 0;  ///< of them, those that an earlier run has brought
  std::uint64_t silent = 0;  ///< rows that say that nothing happened
  std::uint64_t rejected = 0;
  std::uint64_t sent = 0;  ///< events
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t conflict = 0;  ///< of the duplicates
  std::uint64_t quarantined = 0;
  std::uint64_t refused = 0;
  bool cut_short = false;  ///< the last row is not finished; it was left for later
  std::string rejects;     ///< the file that holds the rejected rows
};

/// Brings the rows of a file to the service, from where an earlier run has ended. Errors: a file that was changed
/// since, or is read otherwise; what the service refuses for good; unavailable where the same command may go on later.
[[nodiscard]] Result<IngestTotals> ingest_file(const std::string& path, const IngestOptions& options,
                                               const IngestPlan& plan, RecordFile file, OperatorClient& client);

}  // namespace touchstone::cli
