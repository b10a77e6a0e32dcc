#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "assign/result.hpp"
#include "service/cli/line_reader.hpp"
#include "service/codec/digest.hpp"

namespace touchstone::cli {

/// What a file's rows are.
enum class RecordForm : std::uint8_t {
  table,    ///< CSV under a header
  objects,  ///< JSON objects of whatever members
  log,      ///< JSON objects that are events as the service takes them, or of the neutral log
};

/// The rows of a file, plain or gzip, one after the other in bounded memory, each under the digest of the file up to
/// it. Blank lines are no rows. Not thread-safe.
class RecordFile {
 public:
  /// Looks at the first line. Refused: a file that is not there, or empty.
  static Result<RecordFile> open(const std::string& path);

  [[nodiscard]] RecordForm form() const noexcept { return form_; }
  [[nodiscard]] const std::string& header() const noexcept { return header_; }  ///< of a table

  /// Reads up to so many of the next rows into memory, which next() then yields.
  Status look_ahead(std::size_t rows);
  [[nodiscard]] std::size_t ahead() const noexcept { return ahead_.size(); }
  [[nodiscard]] std::string_view ahead(std::size_t index) const { return ahead_[index].text; }

  Result<bool> next();  ///< false at the end
  [[nodiscard]] std::string_view record() const noexcept { return row_.text; }
  [[nodiscard]] std::uint64_t row() const noexcept { return rows_; }  ///< from 1
  /// Whether the file ends in the middle of this row, as far as one can see: without a line end, or inside quotes.
  [[nodiscard]] bool cut_short() const noexcept { return row_.cut_short; }
  [[nodiscard]] std::string digest() const { return chain_.text(); }

  [[nodiscard]] std::uint64_t bytes_read() const { return lines_.bytes_read(); }
  [[nodiscard]] std::uint64_t bytes_total() const noexcept { return lines_.bytes_total(); }

 private:
  struct Row {
    std::string text;
    bool cut_short = false;
  };

  explicit RecordFile(LineReader lines) : lines_(std::move(lines)) {}
  Result<bool> read(Row& row);

  LineReader lines_;
  RecordForm form_ = RecordForm::table;
  std::string header_;
  std::deque<Row> ahead_;
  Row row_;
  std::uint64_t rows_ = 0;
  codec::DigestChain chain_;
};

}  // namespace touchstone::cli
