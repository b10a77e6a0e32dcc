#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "assign/result.hpp"
#include "service/codec/csv_table.hpp"

namespace touchstone::codec {

using ColumnNames = std::map<std::string, std::string, std::less<>>;  ///< what a column holds -> as the table calls it

/// A CSV table whose columns are found by what they hold, row after row. Errors name row and column, and the fix.
class NamedTable {
 public:
  /// Finds `columns` in the header record, each under its own name unless `named` tells another. Refused: a name that
  /// is none of them, a column that was named and is not there, a column that is there twice. `what` is the table in
  /// words: "a table of totals".
  static Result<NamedTable> open(std::string_view header, std::span<const std::string_view> columns,
                                 const ColumnNames& named, std::string_view what);

  [[nodiscard]] bool has(std::string_view column) const { return places_.contains(column); }
  /// Refused where the table has no such column.
  [[nodiscard]] Status need(std::string_view column) const;
  /// "its columns are a, b, c"
  [[nodiscard]] std::string columns_in_words() const;

  /// Takes one row, as CsvTable::read.
  Status read(std::string_view record) { return table_.read(record); }
  [[nodiscard]] std::uint64_t rows() const noexcept { return table_.rows(); }

  /// The field without spaces around it; nothing where the table has no such column. Valid until the next row.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view column) const;
  /// A finite number; the column must be there.
  [[nodiscard]] Result<double> number(std::string_view column) const;
  /// A name: UTF-8 and not empty; the column must be there.
  [[nodiscard]] Result<std::string> name(std::string_view column) const;
  [[nodiscard]] Error bad(std::string_view column, std::string_view what, std::string hint) const;
  [[nodiscard]] Error bad_text(std::string_view column) const;

 private:
  using Places = std::map<std::string, std::size_t, std::less<>>;

  NamedTable(CsvTable table, Places places) : table_(std::move(table)), places_(std::move(places)) {}
  [[nodiscard]] std::size_t place(std::string_view column) const { return places_.find(column)->second; }

  CsvTable table_;
  Places places_;  ///< column -> field
};

/// A finite decimal number and nothing else.
[[nodiscard]] std::optional<double> number_of(std::string_view text) noexcept;

}  // namespace touchstone::codec
