#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"

/// Comma-separated values as RFC 4180 has them: quoted fields may hold commas, line ends and doubled quotes.
namespace touchstone::codec {

/// True where `text` ends inside a quoted field: the record goes on with the next line.
[[nodiscard]] bool csv_continues(std::string_view text) noexcept;

/// Appends a field, quoted where it must be. A text that a spreadsheet would compute (it begins with = + - @, a tab or
/// a carriage return) is preceded by an apostrophe.
void append_csv(std::string& out, std::string_view text);

/// The fields of one record. Reused from record to record, so that reading a table allocates nothing per row.
class CsvRecord {
 public:
  /// Takes one record without its line end. Refused: a quote inside an unquoted field, text after a closing quote, an
  /// open quote. The fields point into the record and into `record`, until the next split.
  Status split(std::string_view record);

  [[nodiscard]] const std::vector<std::string_view>& fields() const noexcept { return fields_; }

 private:
  Result<std::size_t> take_quoted(std::string_view record, std::size_t from);  ///< where the field ends
  Result<std::size_t> take_plain(std::string_view record, std::size_t from);

  std::string unescaped_;
  std::vector<std::string_view> fields_;
};

}  // namespace touchstone::codec
