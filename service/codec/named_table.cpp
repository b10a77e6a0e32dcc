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
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The place of a column that the caller may name by an option.
Result<std::size_t> find(const CsvTable& table, std::string_view column) {
  auto at = table.find(column);
  if (at || table.has(column)) return at;
  auto error = std::move(at).error();
  error.hint.append("; say which one it is with --column");
  return error;
}

Status check_names(std::span<const std::string_view> columns, const ColumnNames& named, std::string_view what) {
  for (const auto& [name, column] : named)
    if (std::find(columns.begin(), columns.end(), name) == columns.end())
      return Error{ErrorCode::invalid, fmt::format("\"{}\" is not what {} says", name, what), "",
                   did_you_mean(name, columns)};
  return ok();
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
  auto table = CsvTable::open(header);
  if (!table) return std::move(table).error();
  if (auto fine = check_names(columns, named, what); !fine) return std::move(fine).error();
  Places places;
  for (const auto name : columns) {
    const auto asked = named.find(name);
    const std::string_view column = asked == named.end() ? name : std::string_view(asked->second);
    if (asked == named.end() && !table->has(column)) continue;
    const auto at = find(*table, column);
    if (!at) return at.error();
    places.emplace(name, *at);
  }
  return NamedTable(*std::move(table), std::move(places));
}

Status NamedTable::need(std::string_view column) const {
  if (has(column)) return ok();
  return find(table_, column).error();
}

std::string NamedTable::columns_in_words() const {
  return fmt::format("its columns are {}", fmt::join(table_.columns(), ", "));
}

std::optional<std::string_view> NamedTable::field(std::string_view column) const {
  const auto at = places_.find(column);
  if (at == places_.end()) return std::nullopt;
  return trimmed(table_.cell(at->second));
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
  return table_.bad(place(column), what, std::move(hint));
}

Error NamedTable::bad_text(std::string_view column) const { return table_.bad_text(place(column)); }

}  // namespace touchstone::codec
