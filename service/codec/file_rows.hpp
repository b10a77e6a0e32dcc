#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/csv_table.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {

/// What a row says in one column.
struct FileCell {
  enum class Kind : std::uint8_t {
    absent,  ///< nothing: an empty field, a member that is not there or null
    text,
    number,  ///< of JSON
    other,   ///< of JSON: true, false or a list, as its text
  };

  Kind kind = Kind::absent;
  std::string_view text;
};

/// The rows of a CSV table, or JSON objects, one a line, read as such: a member is a column, and one of an object
/// within is the column "user.id". Errors do not name the row.
class FileRows {
 public:
  /// Takes a table's header record.
  static Result<FileRows> table(std::string_view header);
  static FileRows objects() { return FileRows(); }

  /// Refused: what is no row of this file, and what is not UTF-8.
  Status read(std::string_view record);

  [[nodiscard]] bool is_table() const noexcept { return table_.has_value(); }
  /// Of objects: those that were met so far, in that order.
  [[nodiscard]] const std::vector<std::string>& columns() const noexcept {
    return table_ ? table_->columns() : members_;
  }
  /// Without spaces around it; valid until the next row.
  [[nodiscard]] FileCell cell(std::size_t column) const;

 private:
  struct Value {
    FileCell::Kind kind = FileCell::Kind::absent;
    std::string text;
  };

  FileRows() = default;
  Status read_object(std::string_view line);
  Status take_members(JsonView object, const std::string& path);
  Status take(JsonView value, const std::string& path);
  Value& value_of(const std::string& path);

  std::optional<CsvTable> table_;
  JsonDocument document_;
  std::vector<std::string> members_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<Value> values_;  ///< by member; those of the last object
};

}  // namespace touchstone::codec
