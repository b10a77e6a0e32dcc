#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::cli {

/// The rows that are not stored, as a CSV table: each as it stood in the file, with its number, the reason and what to
/// do. Once mended it can be read like the file itself. There is no file until there is such a row.
class RejectsFile {
 public:
  /// `header` is the table's; empty: rows are lines of JSON, which become the column "line". Takes away what an earlier
  /// run has left beyond the first `keep` bytes.
  RejectsFile(std::string path, std::string_view header, std::uint64_t keep);

  /// `whole`: the row has as many fields as the header.
  void add(std::uint64_t row, std::string_view record, bool whole, const Error& error);

  /// Makes sure that it is written so far. Returns its size.
  [[nodiscard]] Result<std::uint64_t> flush();
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
  std::string header_;
  std::size_t columns_ = 1;
  std::ofstream file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace touchstone::cli
