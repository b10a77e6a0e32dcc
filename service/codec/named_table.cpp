#include "service/codec/named_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "assign/utf8.hpp"
#include "service/codec/did_you_mean.hpp"

namespace touchstone::codec {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Error no_column(std::string_view name, const std::vector<std::string>& header) {
  return {ErrorCode::invalid, fmt::format("the table has no column \"{}\"", name), "",
          fmt::format("its columns are {}; say which one it is with --column", fmt::join(header, ", "))};
}

Status check_names(std::span<const std::string_view> columns, const ColumnNames& named, std::string_view what) {
  for (const auto& [name, column] : named)
    if (std::find(columns.begin(), columns.end(), name) == columns.end())
      return Error{ErrorCode::invalid, fmt::format("\"{}\" is not what {} says", name, what), "",
                   did_you_mean(name, columns)};
  return ok();
}

/// Where each column stands that the table has.
Result<std::map<std::string, std::size_t, std::less<>>> places(const std::vector<std::string>& header,
                                                               std::span<const std::string_view> columns,
                                                               const ColumnNames& named) {
  std::map<std::string, std::size_t, std::less<>> found;
  for (const auto name : columns) {
    const auto asked = named.find(name);
    const std::string column = asked == named.end() ? std::string(name) : asked->second;
    const auto at = std::find(header.begin(), header.end(), column);
    if (at == header.end() && asked != named.end()) return no_column(column, header);
    if (at == header.end()) continue;
    if (std::find(at + 1, header.end(), column) != header.end())
      return Error{ErrorCode::invalid, fmt::format("the table has two columns \"{}\"", column), "",
                   "rename one of them"};
    found.emplace(name, static_cast<std::size_t>(at - header.begin()));
  }
  return found;
}

}  // namespace

std::optional<double> number_of(std::string_view text) noexcept {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

Result<NamedTable> NamedTable::open(std::string_view header, std::span<const std::string_view> columns,
                                    const ColumnNames& named, std::string_view what) {
  NamedTable table;
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
  if (auto split = table.record_.split(trimmed(header)); !split) return std::move(split).error();
  for (const auto name : table.record_.fields()) table.header_.emplace_back(trimmed(name));
  if (auto fine = check_names(columns, named, what); !fine) return std::move(fine).error();
  auto found = places(table.header_, columns, named);
  if (!found) return std::move(found).error();
  table.places_ = *std::move(found);
  return table;
}

Status NamedTable::need(std::string_view column) const {
  if (has(column)) return ok();
  return no_column(column, header_);
}

std::string NamedTable::columns_in_words() const { return fmt::format("its columns are {}", fmt::join(header_, ", ")); }

Status NamedTable::read(std::string_view record) {
  ++rows_;
  if (auto split = record_.split(trimmed(record)); !split) {
    auto error = std::move(split).error();
    error.message = fmt::format("row {}: {}", rows_, error.message);
    return error;
  }
  if (record_.fields().size() != header_.size())
    return Error{ErrorCode::invalid,
                 fmt::format("row {} has {} fields, the header {}", rows_, record_.fields().size(), header_.size()),
                 fmt::format("/{}", rows_), "a field that holds a comma is written in quotes"};
  return ok();
}

std::optional<std::string_view> NamedTable::field(std::string_view column) const {
  const auto place = places_.find(column);
  if (place == places_.end()) return std::nullopt;
  return trimmed(record_.fields()[place->second]);
}

Result<double> NamedTable::number(std::string_view column) const {
  if (const auto value = number_of(*field(column))) return *value;
  return bad(column, "is not a number", "write it like 12.5");
}

Result<std::string> NamedTable::name(std::string_view column) const {
  const std::string_view text = *field(column);
  if (!assign::is_utf8(text)) return bad_text(column);
  if (text.empty()) return bad(column, "is empty", "give every row one");
  return std::string(text);
}

Error NamedTable::bad(std::string_view column, std::string_view what, std::string hint) const {
  const std::string& name = header_[places_.find(column)->second];
  return {ErrorCode::invalid,
          fmt::format("row {}, column {}: \"{}\" {}", rows_, name, field(column).value_or(""), what),
          fmt::format("/{}/{}", rows_, name), std::move(hint)};
}

Error NamedTable::bad_text(std::string_view column) const {
  const std::string& name = header_[places_.find(column)->second];
  return {ErrorCode::invalid, fmt::format("row {}, column {}: is not UTF-8", rows_, name),
          fmt::format("/{}/{}", rows_, name), "save the table in UTF-8"};
}

}  // namespace touchstone::codec
