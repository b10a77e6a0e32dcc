#pragma once

#include <optional>
#include <string_view>

#include "assign/result.hpp"
#include "storage/metric.hpp"

namespace touchstone::codec {

/// What one cell of a unit table says: whether something happened, and its number where the kind has one.
struct CellValue {
  bool happened = false;
  std::optional<double> value;
};

/// Reads a cell as unit_table.hpp describes for each kind. Spaces around it do not matter. The error's message goes on
/// after the cell's text ("is not a number").
[[nodiscard]] Result<CellValue> read_cell(std::string_view cell, storage::MetricKind kind);

}  // namespace touchstone::codec
