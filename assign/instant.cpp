#include "assign/instant.hpp"

#include <cstdint>
#include <cstdio>

namespace touchstone::assign {
namespace {

using std::chrono::microseconds;

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }

/// Takes characters off the front of a text; a failed step leaves `ok` false and yields zeros from then on.
struct Scanner {
  std::string_view rest;
  bool ok = true;

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (i >= rest.size() || !digit(rest[i])) return fail();
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(digits);
    return value;
  }

  char one_of(std::string_view wanted) {
    if (rest.empty() || wanted.find(rest.front()) == std::string_view::npos) return static_cast<char>(fail());
    const char c = rest.front();
    rest.remove_prefix(1);
    return c;
  }

  int fail() {
    ok = false;
    return 0;
  }
};

std::optional<std::chrono::sys_days> scan_date(Scanner& in) {
  const int year = in.number(4);
  in.one_of("-");
  const int month = in.number(2);
  in.one_of("-");
  const int day = in.number(2);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!in.ok || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

microseconds scan_fraction(Scanner& in) {
  if (in.rest.empty() || in.rest.front() != '.') return microseconds{0};
  in.rest.remove_prefix(1);
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; !in.rest.empty() && digit(in.rest.front()); in.rest.remove_prefix(1), ++digits)
    if (digits < 6) value = value * 10 + (in.rest.front() - '0');
  if (digits == 0) in.fail();
  for (; digits < 6; ++digits) value *= 10;
  return microseconds{value};
}

microseconds scan_clock(Scanner& in) {
  const int hours = in.number(2);
  in.one_of(":");
  const int minutes = in.number(2);
  in.one_of(":");
  const int seconds = in.number(2);
  if (hours > 23 || minutes > 59 || seconds > 60) in.fail();
  return std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds} + scan_fraction(in);
}

std::chrono::minutes scan_offset(Scanner& in) {
  const char sign = in.one_of("Zz+-");
  if (sign != '+' && sign != '-') return std::chrono::minutes{0};
  const int hours = in.number(2);
  in.one_of(":");
  const int minutes = in.number(2);
  if (hours > 23 || minutes > 59) in.fail();
  return std::chrono::minutes{(sign == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) noexcept {
  Scanner in{text};
  const auto date = scan_date(in);
  if (!date) return std::nullopt;
  if (in.rest.empty()) return Instant{*date};
  in.one_of("Tt ");
  const auto clock = scan_clock(in);
  const auto offset = scan_offset(in);
  if (!in.ok || !in.rest.empty()) return std::nullopt;
  return Instant{*date} + clock - offset;
}

std::string to_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<microseconds> clock{instant - day};
  char text[64];
  const auto fraction = static_cast<int>(clock.subseconds().count());
  const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                 static_cast<int>(clock.seconds().count()));
  std::string result(text, static_cast<std::size_t>(size));
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%06d", fraction);
    result += text;
  }
  return result + "Z";
}

}  // namespace touchstone::assign
