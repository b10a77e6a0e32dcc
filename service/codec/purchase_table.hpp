#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/named_table.hpp"
#include "service/judge/projection.hpp"

namespace touchstone::codec {

/// A table of purchases: a row each. Its columns, under these names unless ColumnNames say otherwise:
/// customer  who bought
/// date      when: 2026-01-31, or a date and time (RFC 3339), of which the day in UTC counts
/// amount    how much, 0 or above; without the column only numbers of purchases are projected
/// variant   the arm of the customer; without the column all are of one
class PurchaseTable {
 public:
  /// Finds the columns in the header record; refused where customer or date is missing.
  static Result<PurchaseTable> open(std::string_view header, const ColumnNames& named);

  /// Takes one row. Errors name row and column. Refused: a customer of two variants.
  Status read(std::string_view record);

  struct Arm {
    std::string variant;  ///< empty without that column
    std::vector<judge::Purchases> customers;
  };
  [[nodiscard]] const std::vector<Arm>& arms() const noexcept { return arms_; }
  [[nodiscard]] std::int64_t last_day() const noexcept { return last_day_; }  ///< since 1970-01-01

 private:
  struct Place {
    std::size_t arm = 0;
    std::size_t customer = 0;
  };

  explicit PurchaseTable(NamedTable row) : row_(std::move(row)) {}
  [[nodiscard]] Result<judge::Purchase> purchase() const;
  std::size_t arm_of(const std::string& variant);

  NamedTable row_;
  std::vector<Arm> arms_;  ///< in the order of appearance
  std::map<std::string, Place> places_;
  std::int64_t last_day_ = std::numeric_limits<std::int64_t>::min();
};

/// Days since 1970-01-01 of "2026-01-31" or of a date and time in UTC.
[[nodiscard]] Result<std::int64_t> parse_day(std::string_view text);
[[nodiscard]] std::string day_text(std::int64_t day);

}  // namespace touchstone::codec
