#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/time.hpp"

namespace touchstone::storage {

enum class MetricKind : std::uint8_t {
  proportion,  ///< 1 if the unit has at least one counted event, else 0
  count,       ///< number of counted events, 0 without one
  sum,         ///< sum of their values, 0 without one
  mean,        ///< the unit's average value, over units that have at least one counted event
};

enum class Direction : std::uint8_t { increase, decrease };

/// When an event counts: te(exposure) + delay <= te < te(exposure) + delay + length; no length = without end.
struct Window {
  Micros delay{0};
  std::optional<Micros> length;

  friend bool operator==(const Window&, const Window&) = default;
};

/// Turns the events of a unit into a number. A change makes a new version; running plans keep theirs.
struct Metric {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  MetricKind kind = MetricKind::proportion;
  std::string event;                    ///< the event name that counts
  std::optional<std::string> property;  ///< numeric property that holds the value; absent = the event's `value`
  int decimals = 6;                     ///< amounts are int64 llrint(v * 10^decimals), 0..6
  Window window;
  Direction direction = Direction::increase;
  std::string unit;  ///< of measure, for people: "EUR", "rounds"

  friend bool operator==(const Metric&, const Metric&) = default;
};

}  // namespace touchstone::storage
