#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace touchstone::assign {

/// A point in time, UTC, in whole microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Reads RFC 3339 (`2026-11-21T14:05:00.123456Z`, any offset, further digits cut) or a bare date, which means its
/// midnight in UTC. Nothing for any other text and for dates that do not exist. A leap second reads as the next second.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text) noexcept;

/// RFC 3339 with Z; the fraction is left out when it is zero and has six digits otherwise.
[[nodiscard]] std::string to_text(Instant instant);

}  // namespace touchstone::assign
