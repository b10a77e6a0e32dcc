#include "service/codec/csv_table.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace touchstone::codec {
namespace {

std::string_view without_line_end(std::string_view line) noexcept {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<CsvTable> CsvTable::open(std::string_view header) {
  CsvTable table;
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
  if (auto split = table.record_.split(without_line_end(header)); !split) return std::move(split).error();
  for (const auto name : table.record_.fields()) table.columns_.emplace_back(trimmed(name));
  return table;
}

bool CsvTable::has(std::string_view column) const { return std::ranges::find(columns_, column) != columns_.end(); }

Result<std::size_t> CsvTable::find(std::string_view column) const {
  const auto at = std::ranges::find(columns_, column);
  if (at == columns_.end())
    return Error{ErrorCode::invalid, fmt::format("the table has no column \"{}\"", column), "",
                 fmt::format("its columns are {}", fmt::join(columns_, ", "))};
  if (std::find(at + 1, columns_.end(), column) != columns_.end())
    return Error{ErrorCode::invalid, fmt::format("the table has two columns \"{}\"", column), "", "rename one of them"};
  return static_cast<std::size_t>(at - columns_.begin());
}

Status CsvTable::read(std::string_view record) {
  ++rows_;
  auto split = split_row(record);
  if (split) return split;
  auto error = std::move(split).error();
  error.message = fmt::format("row {}: {}", rows_, error.message);
  error.pointer = fmt::format("/{}", rows_);
  return error;
}

Status CsvTable::split_row(std::string_view record) {
  if (auto split = record_.split(without_line_end(record)); !split) return split;
  if (record_.fields().size() == columns_.size()) return ok();
  return Error{ErrorCode::invalid,
               fmt::format("{} fields, where the header has {}", record_.fields().size(), columns_.size()), "",
               "a field that holds a comma is written in quotes"};
}

Error CsvTable::bad(std::size_t column, std::string_view what, std::string hint) const {
  return {ErrorCode::invalid, fmt::format("row {}, column {}: \"{}\" {}", rows_, columns_[column], cell(column), what),
          fmt::format("/{}/{}", rows_, columns_[column]), std::move(hint)};
}

Error CsvTable::bad_text(std::size_t column) const {
  return {ErrorCode::invalid, fmt::format("row {}, column {}: is not UTF-8", rows_, columns_[column]),
          fmt::format("/{}/{}", rows_, columns_[column]), "save the table in UTF-8"};
}

}  // namespace touchstone::codec
