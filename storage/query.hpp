#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "assign/result.hpp"

namespace touchstone::storage {

/// One cell of an answer; views are good while the row is shown. Bytes come as text.
using QueryValue = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Who hears the answer, a row at a time: nothing is kept.
struct QueryListener {
  std::function<void(std::span<const std::string> names)> columns;  ///< once, before the rows
  std::function<bool(std::span<const QueryValue> values)> row;      ///< false = enough
};

/// Answers one SELECT over the table `events`, also beside the process that serves the directory. Nothing can be
/// changed by it, and nothing else be read. Columns, with NULL where an event has none:
///
/// seq, environment ("default/production"), type, id, unit_type, unit, ts, te, received, name, experiment, variant,
/// config_version, value, attributes (JSON), channel, touchpoint, to_type, to_unit, key
///
/// Times are texts of one length, "2026-11-21T14:05:00.000000Z": they compare as they follow, and SQLite's date
/// functions read them. Bounds on te, seq and environment leave segments out without reading them.
/// Errors: invalid, with what SQLite says of the statement; internal for a damaged segment; unavailable.
[[nodiscard]] Status query_events(const std::filesystem::path& directory, std::string_view select,
                                  const QueryListener& listener);

}  // namespace touchstone::storage
