#pragma once

#include "assign/result.hpp"
#include "service/cli/record_file.hpp"
#include "service/codec/file_rows.hpp"
#include "service/codec/mapping_guess.hpp"

namespace touchstone::cli {

/// A reader of this file's rows by columns: a table's by its header, objects by their members. Refused: a header that
/// names no columns. A log's rows are no rows of columns.
[[nodiscard]] Result<codec::FileRows> rows_of(const RecordFile& file);

/// The rows that the file looked ahead at, those left out that are none.
[[nodiscard]] codec::RowSample sample_of(const RecordFile& file, codec::FileRows& rows);

}  // namespace touchstone::cli
