#include "service/codec/table_time.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <optional>

#include "service/codec/named_table.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kDate = sizeof("2026-11-21") - 1;
constexpr std::size_t kMinutes = sizeof("2026-11-21T14:05") - 1;
constexpr double kLeast = 1e8;     // smaller ones are rather a date without its hyphens
constexpr double kSeconds = 1e11;  // below are seconds: until the year 5138
constexpr double kMillis = 1e14;

Error no_time(std::string_view text) {
  return {ErrorCode::invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not a time", "",
          "write 2026-11-21T14:05:00Z, 2026-11-21 14:05:00 or 2026-11-21, or say how times are written with "
          "--time-format"};
}

bool is_number(std::string_view text) noexcept {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// What follows the date and the clock: "", "Z", "+01:00", " UTC".
std::string_view zone_of(std::string_view text) noexcept {
  const auto at = text.size() > kDate ? text.find_first_of("Zz+-U", kDate) : std::string_view::npos;
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

/// Whole numbers stay exact: microseconds since 1970 have more digits than a double.
Result<Time> since_1970(std::string_view text, std::int64_t micros_each) {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  std::int64_t part = 0;
  if (!rest.empty()) {
    const auto fraction = rest.starts_with('.') ? number_of("0" + std::string(rest)) : std::nullopt;
    if (!fraction) return no_time(text);
    part = std::llround(*fraction * static_cast<double>(micros_each));
  }
  constexpr std::int64_t beyond = 4'200'000'000'000'000;
  if (error != std::errc{} || whole < 0 || whole > beyond / micros_each) return no_time(text);
  return parse_time(time_text(Time(Micros(whole * micros_each + part))));
}

Result<Time> number(std::string_view text) {
  const auto value = number_of(text);
  if (!value || *value < kLeast) return no_time(text);
  return since_1970(text, *value < kSeconds ? 1'000'000 : *value < kMillis ? 1'000 : 1);
}

/// As RFC 3339 would have it; its zone is UTC where it tells none.
std::string completed(std::string_view text, std::string_view zone) {
  std::string whole(text.substr(0, text.size() - zone.size()));
  while (whole.ends_with(' ')) whole.pop_back();
  if (whole.size() == kDate) whole.append("T00:00:00");
  if (whole.size() == kMinutes) whole.append(":00");
  if (zone.empty() || zone == "UTC") return whole.append("Z");
  whole.append(zone);
  const bool hours_only = zone.size() == 3 && zone.front() != 'U';
  if (hours_only) whole.append(":00");
  if (zone.size() == 5) whole.insert(whole.size() - 2, ":");
  return whole;
}

Result<Time> plain(std::string_view text, Micros zone) {
  if (is_number(text)) return number(text);
  const auto own = zone_of(text);
  const auto time = parse_time(completed(text, own));
  if (!time) return no_time(text);
  return own.empty() ? *time - zone : *time;
}

Result<Time> patterned(std::string_view text, const TimeForm& form) {
  std::tm parts{};
  parts.tm_mday = 1;
  const std::string whole(text);
  const char* const end = strptime(whole.c_str(), form.pattern.c_str(), &parts);
  if (end == nullptr || *end != '\0')
    return Error{ErrorCode::invalid, "\"" + whole.substr(0, 40) + "\" is not written like " + form.pattern, "",
                 "mend the row, or say how times are written with --time-format"};
  const bool own = form.pattern.find("%z") != std::string::npos;
  const auto offset = own ? Micros(std::chrono::seconds(parts.tm_gmtoff)) : form.zone;
  return parse_time(time_text(Time(std::chrono::seconds(timegm(&parts))) - offset));
}

}  // namespace

Result<TimeForm> parse_time_form(std::string_view text) {
  using Kind = TimeForm::Kind;
  if (text.find('%') != std::string_view::npos) return TimeForm{Kind::pattern, std::string(text), {}};
  if (text == "plain") return TimeForm{};
  if (text == "s") return TimeForm{Kind::seconds, {}, {}};
  if (text == "ms") return TimeForm{Kind::milliseconds, {}, {}};
  if (text == "us") return TimeForm{Kind::microseconds, {}, {}};
  return Error{ErrorCode::invalid, "\"" + std::string(text) + "\" is no form of times", "",
               "write plain, s, ms, us or a pattern such as %d/%m/%Y %H:%M"};
}

Result<Micros> parse_zone(std::string_view text) {
  if (text == "UTC" || text == "Z") return Micros{};
  const auto epoch = text.starts_with('+') || text.starts_with('-')
                         ? parse_time(completed("2000-01-01" + std::string(text), text))
                         : Result<Time>(no_time(text));
  constexpr Time midnight{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
  if (!epoch)
    return Error{ErrorCode::invalid, "\"" + std::string(text) + "\" is no zone", "", "write UTC, +01:00 or -03:30"};
  return midnight - *epoch;
}

Result<Time> read_time_of(std::string_view text, const TimeForm& form) {
  switch (form.kind) {
    case TimeForm::Kind::plain:
      return plain(text, form.zone);
    case TimeForm::Kind::seconds:
      return since_1970(text, 1'000'000);
    case TimeForm::Kind::milliseconds:
      return since_1970(text, 1'000);
    case TimeForm::Kind::microseconds:
      return since_1970(text, 1);
    case TimeForm::Kind::pattern:
      return patterned(text, form);
  }
  return no_time(text);
}

bool tells_zone(std::string_view text) noexcept { return is_number(text) || !zone_of(text).empty(); }

}  // namespace touchstone::codec
