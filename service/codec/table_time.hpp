#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// How a file writes its times.
struct TimeForm {
  enum class Kind : std::uint8_t {
    plain,    ///< a date, a date and a clock with or without a zone, or a number since 1970 told apart by its size
    seconds,  ///< since 1970, also with a fraction; and so on
    milliseconds,
    microseconds,
    pattern,  ///< as strptime reads it: "%d/%m/%Y %H:%M"
  };

  Kind kind = Kind::plain;
  std::string pattern;
  Micros zone{};  ///< east of UTC, of texts that tell none

  friend bool operator==(const TimeForm&, const TimeForm&) = default;
};

/// "s", "ms", "us", "plain" or a pattern that has a '%'.
[[nodiscard]] Result<TimeForm> parse_time_form(std::string_view text);

/// "UTC", "Z", "+01:00" or "-0330".
[[nodiscard]] Result<Micros> parse_zone(std::string_view text);

/// Reads a time of that form, with the limits of parse_time. Numbers of a plain form are seconds from 1e8, milliseconds
/// from 1e11, microseconds from 1e14; smaller ones are refused.
[[nodiscard]] Result<Time> read_time_of(std::string_view text, const TimeForm& form);

/// Whether the text tells its own zone, or is a number that needs none.
[[nodiscard]] bool tells_zone(std::string_view text) noexcept;

}  // namespace touchstone::codec
