#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/named_table.hpp"
#include "service/judge/totals.hpp"

/// A table of totals: one row per arm, of one experiment or of thousands, once or again and again while they grow.
namespace touchstone::codec {

/// What a column may hold, under these names unless ColumnNames say otherwise:
/// experiment, metric  texts; without the column all rows are of one
/// time                a number or a date and time (RFC 3339); rows of a later one hold all that those before held
/// variant             the arm
/// units               how many units it got
/// conversions         how many of them converted; or
/// mean, variance      of the units' values, as a sample's (n - 1); sd may stand for the variance
class TotalsTable {
 public:
  /// Finds the columns in the header record. Refused: a name that is none of the above, a column that is not there or
  /// twice, a table that says neither conversions nor mean and variance.
  static Result<TotalsTable> open(std::string_view header, const ColumnNames& named);

  /// Takes one row. Errors name row and column.
  Status read(std::string_view record);

  /// What was read, in the order of first appearance. `control` comes first among the variants, else the order of
  /// appearance. Refused: an experiment with one arm or without the control, and a look that lacks an arm. Shares are
  /// equal.
  [[nodiscard]] Result<std::vector<judge::TotalsStream>> streams(std::string_view control) const;

  [[nodiscard]] std::uint64_t rows() const noexcept { return row_.rows(); }

 private:
  struct Open {
    std::string experiment;
    std::string metric;
    std::vector<std::string> variants;
    std::map<double, std::map<std::string, judge::ArmTotal, std::less<>>> looks;
  };
  using Key = std::pair<std::string, std::string>;

  explicit TotalsTable(NamedTable row) : row_(std::move(row)) {}
  [[nodiscard]] Result<std::int64_t> count(std::string_view column) const;
  [[nodiscard]] Result<double> time() const;
  [[nodiscard]] Result<judge::ArmTotal> arm() const;
  Open& stream_of(std::string_view experiment, std::string_view metric);
  [[nodiscard]] static Result<judge::TotalsStream> closed(const Open& open, std::string_view control);

  NamedTable row_;
  std::vector<Open> streams_;
  std::map<Key, std::size_t> known_;
};

}  // namespace touchstone::codec
