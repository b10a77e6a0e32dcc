#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// Reads RFC 3339 with any offset (`2026-11-21T14:05:00.123456Z`, `2026-11-21T15:05:00+01:00`); digits beyond
/// microseconds are cut. Refuses a bare date, and instants outside 1970 <= t < 2100.
[[nodiscard]] Result<Time> parse_time(std::string_view text);

/// RFC 3339 with Z; the fraction is left out when it is zero and has six digits otherwise.
void append_time(std::string& out, Time time);
[[nodiscard]] std::string time_text(Time time);

/// Reads a whole number and one unit: "500ms", "30s", "90m", "36h", "14d", "2w"; d is exactly 24 hours, w exactly
/// 7 d. Refuses signs, fractions and what exceeds 100 years.
[[nodiscard]] Result<Micros> parse_duration(std::string_view text);

/// The shortest of these forms: the largest of d, h, m, s, ms that measures it wholly. Precondition: whole
/// milliseconds, not negative.
[[nodiscard]] std::string duration_text(Micros duration);

}  // namespace touchstone::codec
