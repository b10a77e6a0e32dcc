#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/codec/file_rows.hpp"
#include "service/codec/row_mapping.hpp"

namespace touchstone::codec {

/// What the first rows of a file say about its columns.
class RowSample {
 public:
  void add(const FileRows& row);

  struct Column {
    std::string name;
    std::size_t filled = 0;
    std::size_t yes_or_no = 0;  ///< of the filled
    std::size_t numbers = 0;
    std::size_t amounts = 0;  ///< numbers that are not 0 or 1
    std::size_t codes = 0;    ///< numbers that begin with a zero: texts
    std::size_t times = 0;
    std::set<std::string, std::less<>> values;  ///< different ones
  };
  [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

 private:
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
};

/// What the columns most likely mean, by their names and by what stands in them: a table with a column of variants is
/// one of units, in which yes-or-no columns and numbers right of the variant are outcomes. Of rows of traits every
/// other column is one. What `asked` says already stays. `name` is the experiment of such a table, or the event of a
/// table that names none.
[[nodiscard]] RowMapping guess_mapping(const RowSample& sample, RowMapping asked, std::string_view name);

}  // namespace touchstone::codec
