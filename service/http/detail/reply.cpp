#include "service/http/detail/reply.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

namespace touchstone::http {
namespace {

namespace beast = boost::beast;

constexpr std::array<std::string_view, 7> kServersOwn{
    "Content-Length", "Transfer-Encoding",     "Connection", "Date", "Content-Type",
    "X-Request-Id",   "X-Content-Type-Options"};

bool is_token_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, is_token_char) &&
         std::ranges::none_of(kServersOwn, [&](std::string_view own) {
           return beast::iequals({own.data(), own.size()}, {name.data(), name.size()});
         });
}

bool is_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool is_unfed(const std::variant<std::string, Stream>& body) {
  const auto* stream = std::get_if<Stream>(&body);
  return stream != nullptr && !stream->feed;
}

bool may_be_sent(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_value(response.content_type) &&
         !is_unfed(response.body) &&
         std::ranges::all_of(response.headers, [](const auto& h) { return is_name(h.first) && is_value(h.second); });
}

bool has_body(int status) { return status != 204 && status != 304; }

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

// An IMF-fixdate, as RFC 9110 section 5.6.7 asks.
std::string http_date(std::int64_t unix_seconds) {
  using namespace std::chrono;
  static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds time{seconds{unix_seconds}};
  const auto day = floor<std::chrono::days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace

ReplyWriter::ReplyWriter() { set_time(0); }

void ReplyWriter::set_time(std::int64_t unix_seconds) {
  date_ = http_date(unix_seconds);
  ok_start_.clear();
  append_head_start(ok_start_, 200);
}

void ReplyWriter::append_head_start(std::string& out, int status) const {
  const auto phrase = beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(status));
  out.append(" ").append(phrase.data(), phrase.size()).append("\r\nDate: ").append(date_);
  out.append("\r\nX-Content-Type-Options: nosniff\r\nX-Request-Id: ");
}

bool ReplyWriter::append(std::string& out, const Response& response, const Framing& framing) const {
  if (!may_be_sent(response)) return false;
  const auto* body = std::get_if<std::string>(&response.body);
  if (response.status == 200) {
    out.append(ok_start_);
  } else {
    append_head_start(out, response.status);
  }
  out.append(framing.request_id);
  if (has_body(response.status)) {
    out.append("\r\nContent-Type: ").append(response.content_type);
    if (body != nullptr) append_number(out.append("\r\nContent-Length: "), body->size());
  }
  out.append("\r\n");
  if (!framing.keep_alive) out.append("Connection: close\r\n");
  if (framing.keep_alive && framing.http10) out.append("Connection: keep-alive\r\n");
  for (const auto& [name, value] : response.headers) append_line(out, name, value);
  out.append("\r\n");
  if (body != nullptr && has_body(response.status) && !framing.head) out.append(*body);
  return true;
}

}  // namespace touchstone::http
