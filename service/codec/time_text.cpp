#include "service/codec/time_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "assign/instant.hpp"

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;

constexpr Time kEnd{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};
constexpr std::size_t kDate = sizeof("2026-11-21") - 1;
constexpr std::int64_t kLongest = 36'525;  // days

struct Scale {
  std::string_view word;
  Micros length;
};

/// From large to small, as a duration is written.
constexpr std::array<Scale, 5> kScales = {{{"d", 24h}, {"h", 1h}, {"m", 1min}, {"s", 1s}, {"ms", 1ms}}};
constexpr Scale kWeek = {"w", 7 * 24h};

const Scale* scale_named(std::string_view word) {
  if (word == kWeek.word) return &kWeek;
  const auto* found = std::ranges::find(kScales, word, &Scale::word);
  return found == kScales.end() ? nullptr : found;
}

/// The text in quotes, cut short between characters where it is long.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  const auto inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t end = std::min(text.size(), longest);
  while (end > 0 && end < text.size() && inside(text[end])) --end;
  return "\"" + std::string(text.substr(0, end)) + "\"";
}

Error no_duration(std::string_view text) {
  return {ErrorCode::invalid, quoted(text) + " is not a duration", "",
          "write a whole number and a unit: 30s, 90m, 36h, 14d or 2w, at most 100 years"};
}

}  // namespace

Result<Time> parse_time(std::string_view text) {
  const auto instant = text.size() > kDate ? assign::parse_instant(text) : std::nullopt;
  if (!instant)
    return Error{ErrorCode::invalid, quoted(text) + " is not a time", "",
                 "write RFC 3339: 2026-11-21T14:05:00.123456Z"};
  if (*instant < Time{} || *instant >= kEnd)
    return Error{ErrorCode::invalid, "the time lies before 1970 or after 2099", "",
                 "send the time of the event in UTC"};
  return *instant;
}

void append_time(std::string& out, Time time) { out += assign::to_text(time); }
std::string time_text(Time time) { return assign::to_text(time); }

Result<Micros> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const char* last = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data(), last, count);
  const Scale* scale = scale_named({unit, last});
  if (error != std::errc{} || text.front() == '-' || scale == nullptr) return no_duration(text);
  if (count > kLongest * 24h / scale->length) return no_duration(text);
  return count * scale->length;
}

std::string duration_text(Micros duration) {
  const auto* scale =
      std::ranges::find_if(kScales, [&](const Scale& candidate) { return duration % candidate.length == Micros{0}; });
  if (duration == Micros{0}) scale = std::ranges::find(kScales, "s", &Scale::word);
  return std::to_string(duration / scale->length) + std::string(scale->word);
}

}  // namespace touchstone::codec
