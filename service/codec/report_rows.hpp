#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "service/codec/json_writer.hpp"
#include "service/judge/report.hpp"

namespace touchstone::codec {

/// A member whose number may be absent, which is written null.
void write_number(JsonWriter& out, std::string_view key, const std::optional<double>& value);

/// `{"estimate", "low", "high", "status"}` under a key.
void write_interval(JsonWriter& out, std::string_view key, const judge::Interval& interval);

/// The results of a report, or of a slice of it, as an array.
void write_rows(JsonWriter& out, const std::vector<judge::Row>& rows);

}  // namespace touchstone::codec
