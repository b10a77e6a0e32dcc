#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace date {
class time_zone;
}  // namespace date

namespace touchstone::codec {

/// The clock of a place, for what people read; documents keep UTC. Its rules are those of the system's time-zone
/// database.
class TimeZone {
 public:
  TimeZone() = default;  ///< UTC, which needs no database

  /// By its IANA name, like "Europe/Berlin". Error invalid where the database has none of that name.
  [[nodiscard]] static Result<TimeZone> named(std::string_view name);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// How far its clocks are ahead of UTC at that instant.
  [[nodiscard]] Micros offset(Time at) const;

 private:
  std::string name_ = "UTC";
  const date::time_zone* rules_ = nullptr;  ///< the database's own, for as long as the program runs
};

/// "2026-11-21 15:05 UTC+1", "2026-11-21 14:05 UTC", "2026-11-21 19:35 UTC+5:30"
[[nodiscard]] std::string minute_text(Time time, const TimeZone& zone);
/// The same with seconds.
[[nodiscard]] std::string second_text(Time time, const TimeZone& zone);

}  // namespace touchstone::codec
