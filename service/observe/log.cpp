#include "service/observe/log.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

namespace touchstone::observe {

namespace {

constexpr std::array<std::string_view, 3> kLevels{"info", "warn", "error"};

void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out.append({'\\', c});
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      out += c;
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.size() > 1 ? "," : "";
  append_escaped(out, name);
  out += ':';
  append_escaped(out, value);
}

std::string now_text() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto whole = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(whole)),
                     (now - whole).count());
}

/// False where the reader of a pipe is so far behind that writing would wait for it.
bool print(std::string line) {
  pollfd output{STDERR_FILENO, POLLOUT, 0};
  if (poll(&output, 1, 0) == 0) return false;
  line += '\n';
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
  return true;
}

}  // namespace

std::string log_line(std::string_view ts, Level level, std::string_view event, std::initializer_list<Field> fields) {
  std::string line = "{";
  append_member(line, "ts", ts);
  append_member(line, "level", kLevels[static_cast<std::size_t>(level)]);
  append_member(line, "event", event);
  for (const auto& field : fields) append_member(line, field.name, field.value);
  return line + "}";
}

void log(Level level, std::string_view event, std::initializer_list<Field> fields) {
  static std::mutex one_at_a_time;
  static std::uint64_t unread = 0;
  const std::string line = log_line(now_text(), level, event, fields);
  const std::lock_guard lock(one_at_a_time);
  if (unread > 0 && print(log_line(now_text(), Level::warn, "log_lines_dropped", {{"lines", std::to_string(unread)}})))
    unread = 0;
  unread += print(line) ? 0 : 1;
}

}  // namespace touchstone::observe
