#include "service/codec/time_zone.hpp"

#include <chrono>
#include <exception>

#include <date/tz.h>

#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

Error no_zone(std::string_view name) {
  return {ErrorCode::invalid, "there is no time zone \"" + std::string(name.substr(0, 40)) + "\"", "",
          "write an IANA name: UTC, Europe/Berlin, America/New_York"};
}

/// "", "+1", "−3:30"
std::string offset_text(Micros offset) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  if (minutes == 0) return "";
  const auto size = minutes < 0 ? -minutes : minutes;
  std::string text = minutes < 0 ? "\u2212" : "+";
  text += std::to_string(size / 60);
  if (size % 60 == 0) return text;
  text += size % 60 < 10 ? ":0" : ":";
  return text += std::to_string(size % 60);
}

/// The first `length` characters of "2026-11-21T15:05:10" as the zone's clocks show it, and how far they are ahead.
std::string clock_text(Time time, const TimeZone& zone, std::size_t length) {
  const Micros offset = zone.offset(time);
  auto text = time_text(time + offset).substr(0, length);
  text[text.find('T')] = ' ';
  return text + " UTC" + offset_text(offset);
}

}  // namespace

Result<TimeZone> TimeZone::named(std::string_view name) {
  TimeZone zone;
  if (name == zone.name_) return zone;
  try {
    zone.rules_ = date::locate_zone(name);
  } catch (const std::exception&) {  // the library's only way to say that there is none
    return no_zone(name);
  }
  zone.name_ = name;
  return zone;
}

Micros TimeZone::offset(Time at) const {
  if (rules_ == nullptr) return Micros{0};
  return rules_->get_info(std::chrono::floor<std::chrono::seconds>(at)).offset;
}

std::string minute_text(Time time, const TimeZone& zone) {
  return clock_text(time, zone, sizeof("2026-11-21T15:05") - 1);
}

std::string second_text(Time time, const TimeZone& zone) {
  return clock_text(time, zone, sizeof("2026-11-21T15:05:10") - 1);
}

}  // namespace touchstone::codec
