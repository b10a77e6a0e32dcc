#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/named_table.hpp"
#include "service/judge/survival.hpp"

namespace touchstone::codec {

/// A table of how long customers stayed: a row each. Its columns, under these names unless ColumnNames say otherwise:
/// time     how long the customer was there, or has been so far: a number of any unit, 0 or above
/// ended    whether the customer left then (1, true, yes) or still is there (0, false, no)
/// variant  the arm
/// stratum  a group that is compared within itself; without the column all rows are of one
class StayTable {
 public:
  /// Finds the columns in the header record; refused where one is missing that is not the stratum.
  static Result<StayTable> open(std::string_view header, const ColumnNames& named);

  /// Takes one row. Errors name row and column.
  Status read(std::string_view record);

  /// What was read; `control` comes first among the variants, or the first that appeared where it is empty. Refused:
  /// fewer than two variants, or none of that name.
  [[nodiscard]] Result<judge::SurvivalStudy> study(std::string_view control) const;

 private:
  explicit StayTable(NamedTable row) : row_(std::move(row)) {}
  [[nodiscard]] Result<stats::Lifetime> stay() const;

  NamedTable row_;
  std::vector<std::string> variants_;  ///< in the order of appearance
  std::map<std::string, std::map<std::string, std::vector<stats::Lifetime>>> strata_;
};

}  // namespace touchstone::codec
