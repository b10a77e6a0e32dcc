#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/csv.hpp"

namespace touchstone::codec {

/// A CSV table: a header that names its columns, and rows of as many fields, read one after the other. Errors name row
/// and column. Rows count from 1, the header not included.
class CsvTable {
 public:
  /// Takes the header record. Its names are without spaces around them, and without a byte order mark.
  static Result<CsvTable> open(std::string_view header);

  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
  [[nodiscard]] bool has(std::string_view column) const;
  /// Where the column stands. Refused: none of this name, or two.
  [[nodiscard]] Result<std::size_t> find(std::string_view column) const;

  /// Takes one row: refused where it cannot be split into as many fields as the header has.
  Status read(std::string_view record);
  Status split_row(std::string_view record);  ///< the same without counting it; the error does not name the row
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  /// The field as it is written, valid until the next row. Precondition: a row was read.
  [[nodiscard]] std::string_view cell(std::size_t column) const { return record_.fields()[column]; }
  [[nodiscard]] Error bad(std::size_t column, std::string_view what, std::string hint) const;
  [[nodiscard]] Error bad_text(std::size_t column) const;  ///< it is not UTF-8

 private:
  CsvTable() = default;

  std::vector<std::string> columns_;
  CsvRecord record_;
  std::uint64_t rows_ = 0;
};

}  // namespace touchstone::codec
