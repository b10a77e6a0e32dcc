#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/line_reader.hpp"
#include "service/codec/named_table.hpp"

/// What the commands share that read a table.
namespace touchstone::cli {

/// Reads --column NAME=COLUMN.
[[nodiscard]] Result<codec::ColumnNames> column_names(const std::vector<std::string>& texts);

/// The next record, which goes on over line ends inside quotes; false at the end. An error where quotes do not end
/// within a mebibyte.
[[nodiscard]] Result<bool> next_record(LineReader& lines, std::string& record);

/// Goes on with a record of which the first line was read.
[[nodiscard]] Status finish_record(LineReader& lines, std::string& record);

/// The next line as a text of its own; false at the end.
[[nodiscard]] Result<bool> next_line(LineReader& lines, std::string& line);

/// Reads a file, plain or gzip: `Table::open(header, named)` makes the table, its read() takes each row.
template <class Table>
[[nodiscard]] Result<Table> read_table(const std::string& path, const codec::ColumnNames& named) {
  auto lines = LineReader::open(path);
  if (!lines) return lines.error();
  std::string record;
  const auto header = next_record(*lines, record);
  if (!header) return header.error();
  if (!*header) return Error{ErrorCode::invalid, path + " is empty", "", "its first line names the columns"};
  auto table = Table::open(record, named);
  if (!table) return table;
  for (;;) {
    const auto more = next_record(*lines, record);
    if (!more) return more.error();
    if (!*more) return table;
    if (auto taken = table->read(record); !taken) return taken.error();
  }
}

}  // namespace touchstone::cli
