#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

/// The program's log: one JSON object a line on standard error. Neither keys nor ids of units ever go into it.
namespace touchstone::observe {

enum class Level : std::uint8_t { info, warn, error };

struct Field {
  std::string_view name;
  std::string value;
};

/// The line without its line feed: {"ts", "level", "event", fields...}. Control characters are escaped, so that nobody
/// can write a line of their own; bytes that are not ASCII stay as they are.
[[nodiscard]] std::string log_line(std::string_view ts, Level level, std::string_view event,
                                   std::initializer_list<Field> fields);

/// Writes one line, whole, from any thread. Never waits for who reads it: while a pipe is full lines are dropped, and
/// the first that fits again is preceded by "log_lines_dropped".
void log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace touchstone::observe
