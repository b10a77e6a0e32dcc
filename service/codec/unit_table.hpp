#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/csv_table.hpp"
#include "storage/event.hpp"
#include "storage/metric.hpp"

/// A table with one row per unit, read as the events that would have led to it, so that a file and a service judge the
/// same things: one exposure per row and one event per value, at fixed times, with ids that are the same at each
/// reading.
namespace touchstone::codec {

/// A column that a metric is made of. What a cell becomes, by kind:
/// proportion: 1, true, yes = one event; 0, false, no = none. count: a whole number >= 0, one event with that value
/// (0 = none). sum: a number, one event with that value (0 = none). mean and score: a number, one event; empty = no
/// value. Other kinds ask for times, which a table does not have.
struct UnitColumn {
  std::string column;
  std::string event;  ///< a key, another one for each metric
  storage::MetricKind kind = storage::MetricKind::proportion;
};

struct UnitTableLayout {
  std::string experiment;           ///< a key
  std::optional<std::string> unit;  ///< absent: the unit is the row's number, from 1
  std::string variant;              ///< empty: every unit met "control"
  std::vector<UnitColumn> metrics;
  std::vector<std::string> attributes;  ///< columns that travel with the exposure, as text
};

/// How a metric over such a column is defined: a count stands in the table as a number, so it is a sum of whole
/// numbers.
[[nodiscard]] storage::MetricKind kind_over_events(storage::MetricKind column) noexcept;

/// A text as a key: each run of characters that a key may not hold becomes one '-' ("Mens E-Mail" is "Mens-E-Mail").
/// Empty where nothing is left.
[[nodiscard]] std::string as_key(std::string_view text);

/// When every unit of a table meets its variant, and when everything it did happened.
inline constexpr Time unit_table_exposed{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
inline constexpr Time unit_table_happened = unit_table_exposed + std::chrono::seconds{1};

struct RepeatedUnit {
  std::string id;
  std::uint64_t first_row = 0;
  std::uint64_t row = 0;
};

/// Reads one table, record by record. Rows count from 1, the header not included; several files with the same header
/// may be read as one table. Unit type is "user".
class UnitTable {
 public:
  /// Finds the layout's columns in the header record. Unknown columns are refused, naming those that exist.
  static Result<UnitTable> open(std::string_view header, UnitTableLayout layout);

  /// Checks that a further file has the same columns in the same order.
  [[nodiscard]] Status check_header(std::string_view header);

  /// Appends the events of one record, always to the same batch. Errors name row and column.
  Status read(std::string_view record, storage::EventBatch& out);

  [[nodiscard]] std::uint64_t rows() const noexcept { return table_.rows(); }
  /// Units that stand in more than one row: their rows are added together.
  [[nodiscard]] std::uint64_t repeated_units() const noexcept { return repeats_; }
  [[nodiscard]] const std::optional<RepeatedUnit>& first_repeat() const noexcept { return first_repeat_; }
  /// variant key -> the text of the table.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& variants() const noexcept { return variants_; }

 private:
  UnitTable(CsvTable table, UnitTableLayout layout) : layout_(std::move(layout)), table_(std::move(table)) {}
  Status find_columns();
  Result<std::string_view> unit_id(storage::EventBatch& out);
  Result<std::string_view> variant_key();
  void remember(std::string_view id);
  [[nodiscard]] std::string_view event_id(std::string_view part, storage::EventBatch& out) const;
  [[nodiscard]] std::string attributes() const;
  Status expose(storage::UnitRef unit, storage::EventBatch& out);
  Status happen(storage::UnitRef unit, const UnitColumn& metric, std::size_t column, storage::EventBatch& out);

  UnitTableLayout layout_;
  CsvTable table_;
  std::optional<std::size_t> unit_;
  std::size_t variant_ = 0;
  std::vector<std::size_t> metrics_;
  std::vector<std::size_t> attributes_;
  std::unordered_map<std::string_view, std::uint64_t> seen_;  ///< unit -> first row; views into the batch read into
  std::uint64_t repeats_ = 0;
  std::optional<RepeatedUnit> first_repeat_;
  std::map<std::string, std::string, std::less<>> variants_;
  std::map<std::string, std::string_view, std::less<>> variant_keys_;  ///< text -> key in variants_
};

}  // namespace touchstone::codec
