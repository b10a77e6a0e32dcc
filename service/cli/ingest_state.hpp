#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "assign/result.hpp"

namespace touchstone::cli {

/// How far a file has come, as it lies beside the file: FILE.ingested. It saves work and tells that a file was changed;
/// that nothing counts twice follows from the events' ids alone.
struct IngestState {
  std::uint64_t rows = 0;           ///< acknowledged
  std::string digest;               ///< of the file up to that row
  std::uint64_t from = 0;           ///< the first row of the last body
  std::string mapping;              ///< digest of what the columns were read as
  std::uint64_t rejected = 0;       ///< rows
  std::uint64_t rejects_bytes = 0;  ///< of the file of rejects
};

/// Nothing where there is none. Refused: what is no such file.
[[nodiscard]] Result<std::optional<IngestState>> read_ingest_state(const std::string& path);

/// Replaces the file as a whole.
[[nodiscard]] Status write_ingest_state(const std::string& path, const IngestState& state);

}  // namespace touchstone::cli
