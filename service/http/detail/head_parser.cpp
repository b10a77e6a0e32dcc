#include "service/http/detail/head_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

namespace touchstone::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;
using beast::http::verb;

constexpr std::size_t kSizeDigits = 16;
constexpr std::size_t kExtensionBytes = 64;
constexpr std::size_t kExtensionsTotal = 1024;
constexpr std::size_t kChunkLineBytes = 2 + kSizeDigits + kExtensionBytes + 4;
constexpr std::size_t kShortestChunkedRest = 5;  // "0 CRLF CRLF": Beast asserts on a last chunk in smaller pieces
constexpr std::size_t kRequestIdBytes = 64;

std::string_view plain(beast::string_view text) { return {text.data(), text.size()}; }

bool same_word(std::string_view a, std::string_view b) {
  return beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_host(std::string_view value) {
  return !value.empty() && std::ranges::all_of(value, [](char c) {
    return is_alphanumeric(c) || std::string_view{"-._~:[]%"}.find(c) != std::string_view::npos;
  });
}

bool is_request_id(std::string_view value) {
  return !value.empty() && value.size() <= kRequestIdBytes &&
         std::ranges::all_of(value, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_token(std::string_view value) {
  return !value.empty() &&
         std::ranges::all_of(value, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

const Refusal* set_once(std::string_view& slot, std::string_view value) {
  if (slot.data() != nullptr) return &refusal::repeated;
  slot = value;
  return nullptr;
}

void set_first(std::string_view& slot, std::string_view value) {
  if (slot.data() == nullptr) slot = value;
}

// Whether nothing but the version's number is wrong with the request line.
bool asks_for_another_version(std::string_view bytes) {
  const auto line = bytes.substr(0, bytes.find('\r'));
  if (line.size() < 9 || std::ranges::count(line, ' ') != 2) return false;
  const auto tail = line.substr(line.size() - 9);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return tail.starts_with(" HTTP/") && digit(tail[6]) && tail[7] == '.' && digit(tail[8]) && tail != " HTTP/1.1" &&
         tail != " HTTP/1.0";
}

const Refusal* translate(beast::error_code ec, std::string_view bytes) {
  if (ec == error::bad_version) return asks_for_another_version(bytes) ? &refusal::version : &refusal::request_line;
  if (ec == error::bad_method) return &refusal::request_line;
  if (ec == error::bad_target) return &refusal::request_line;
  if (ec == error::bad_content_length) return &refusal::length;
  if (ec == error::multiple_content_length) return &refusal::two_lengths;
  if (ec == error::bad_transfer_encoding) return &refusal::two_lengths;
  if (ec == error::body_limit) return &refusal::body_size;
  if (ec == error::bad_chunk || ec == error::bad_chunk_extension) return &refusal::chunk;
  return &refusal::header_line;
}

std::pair<Method, bool> method_of(verb word) {
  switch (word) {
    case verb::get:
      return {Method::get, true};
    case verb::head:
      return {Method::head, true};
    case verb::post:
      return {Method::post, true};
    case verb::put:
      return {Method::put, true};
    case verb::patch:
      return {Method::patch, true};
    case verb::delete_:
      return {Method::del, true};
    case verb::options:
      return {Method::options, true};
    default:
      return {Method::get, false};
  }
}

// A line ends at its first newline: behind a return, and not inside of a quoted text, where Beast would wait for more.
// What is left of the chunk before stands ahead of all lines but the first.
bool may_be_chunk_line(std::string_view bytes, bool first) {
  const auto end = bytes.find('\n', first ? 0 : 2);
  if (end == std::string_view::npos) return true;
  bool quoted = false;
  for (std::size_t i = 0; i < end; ++i) {
    if (bytes[i] == '"') quoted = !quoted;
    if (bytes[i] == '\\' && quoted) ++i;
  }
  return !quoted && end > 0 && bytes[end - 1] == '\r';
}

}  // namespace

HeadParser::HeadParser(Request& request, std::string& body, const Limits& limits)
    : request_(request), body_(body), limits_(limits) {
  header_limit(std::numeric_limits<std::uint32_t>::max());
  body_limit(boost::none);
}

const Refusal* HeadParser::parse_head(std::string_view bytes) {
  bytes_ = bytes;
  error_code ec;
  put({bytes.data(), bytes.size()}, ec);
  if (refusal_ != nullptr) return refusal_;
  return ec ? translate(ec, bytes) : nullptr;
}

const Refusal* HeadParser::parse_chunks(std::string_view& bytes) {
  in_body_ = true;
  while (!is_done() && !bytes.empty()) {
    const bool line = in_chunk_line_;
    if (line && !may_be_chunk_line(bytes.substr(0, kChunkLineBytes), first_chunk_)) return &refusal::chunk;
    if (line && bytes.size() < kShortestChunkedRest) return nullptr;
    error_code ec;
    const auto taken = put({bytes.data(), bytes.size()}, ec);
    if (refusal_ != nullptr) return refusal_;
    if (ec == error::need_more) return line && bytes.size() > kChunkLineBytes ? &refusal::chunk : nullptr;
    if (ec) return ec == error::body_limit ? &refusal::body_size : &refusal::chunk;
    if (line) {
      if (const auto* refused = check_chunk_line(taken)) return refused;
    }
    bytes.remove_prefix(taken);
  }
  return nullptr;
}

// Beast bounds neither the leading zeros of a size nor its extensions; the bytes it took tell of both.
const Refusal* HeadParser::check_chunk_line(std::size_t line_bytes) {
  const std::size_t line_ends = 2 + (first_chunk_ ? 0U : 2U) + (is_done() ? 2U : 0U);
  first_chunk_ = false;
  return line_bytes - line_ends - extension_bytes_ > kSizeDigits ? &refusal::chunk : nullptr;
}

void HeadParser::on_request_impl(verb word, string_view, string_view target, int version, error_code& ec) {
  bool known = false;
  std::tie(request_.method, known) = method_of(word);
  head_.target = plain(target);
  head_.http11 = version == 11;
  if (target.size() > limits_.target_bytes) {
    refusal_ = &refusal::target_size;
  } else if (!known) {
    refusal_ = &refusal::unknown_method;
  }
  if (refusal_ != nullptr) ec = error::bad_method;
}

void HeadParser::on_field_impl(field id, string_view name, string_view value, error_code& ec) {
  if (in_body_) {
    refusal_ = &refusal::trailer;
  } else if (++head_.fields > limits_.header_fields) {
    refusal_ = &refusal::head_size;
  } else if (folded(plain(name), plain(value))) {
    refusal_ = &refusal::folded;
  } else {
    refusal_ = read_field(id, plain(name), plain(value));
  }
  if (refusal_ != nullptr) ec = error::bad_field;
}

// Beast joins folded lines in a buffer of its own, or starts the value on a later line.
bool HeadParser::folded(std::string_view name, std::string_view value) const {
  const auto* colon = name.data() + name.size();
  if (value.data() <= colon || value.data() > bytes_.data() + bytes_.size()) return true;
  return std::find(colon, value.data(), '\r') != value.data();
}

const Refusal* HeadParser::read_field(field id, std::string_view name, std::string_view value) {
  switch (id) {
    case field::host:
      return is_host(value) ? set_once(request_.host, value) : &refusal::host;
    case field::content_length:
      return read_length(value);
    case field::transfer_encoding:
      return read_transfer_coding(value);
    case field::content_encoding:
      if (head_.coding != Coding::identity) return &refusal::repeated;
      if (!same_word(value, "identity")) head_.coding = same_word(value, "gzip") ? Coding::gzip : Coding::unknown;
      return nullptr;
    case field::expect:
      head_.expects_continue = same_word(value, "100-continue");
      return head_.expects_continue ? nullptr : &refusal::expectation;
    case field::authorization:
      return set_once(request_.authorization, value);
    case field::content_type:
      return set_once(request_.content_type, value);
    case field::origin:
      return set_once(request_.origin, value);
    case field::if_match:
      return set_once(request_.if_match, value);
    case field::if_none_match:
      return set_once(request_.if_none_match, value);
    case field::cookie:
      return set_once(request_.cookie, value);
    case field::accept:
      set_first(request_.accept, value);
      return nullptr;
    default:
      return read_named(name, value);
  }
}

const Refusal* HeadParser::read_named(std::string_view name, std::string_view value) {
  if (same_word(name, "Idempotency-Key")) return set_once(request_.idempotency_key, value);
  if (same_word(name, "Last-Event-ID")) return set_once(request_.last_event_id, value);
  if (same_word(name, "X-API-Key")) return set_once(request_.api_key, value);
  if (same_word(name, "X-Request-Id") && is_request_id(value)) request_.request_id = value;
  if (same_word(name, "X-Forwarded-For")) request_.forwarded_for = value;
  return nullptr;
}

const Refusal* HeadParser::read_length(std::string_view value) {
  if (head_.has_length) return &refusal::two_lengths;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), head_.length);
  head_.has_length = error == std::errc{} && end == value.data() + value.size();
  return head_.has_length ? nullptr : &refusal::length;
}

const Refusal* HeadParser::read_transfer_coding(std::string_view value) {
  if (!head_.http11) return &refusal::transfer_version;
  if (head_.has_length) return &refusal::two_lengths;
  if (same_word(value, "chunked")) {
    head_.chunked = true;
    return nullptr;
  }
  return is_token(value) ? &refusal::unknown_transfer : &refusal::transfer_coding;
}

void HeadParser::on_header_impl(error_code& ec) {
  if (head_.http11 && request_.host.empty()) refusal_ = &refusal::host;
  if (head_.coding == Coding::unknown) refusal_ = &refusal::coding;
  if (refusal_ != nullptr) ec = error::bad_field;
}

void HeadParser::on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) {
  extension_bytes_ = extensions.size();
  extensions_total_ += extensions.size();
  in_chunk_line_ = size == 0;
  if (extension_bytes_ <= kExtensionBytes && extensions_total_ <= kExtensionsTotal) return;
  refusal_ = &refusal::chunk;
  ec = error::bad_chunk_extension;
}

std::size_t HeadParser::on_chunk_body_impl(std::uint64_t remain, string_view body, error_code&) {
  body_.append(body.data(), body.size());
  in_chunk_line_ = remain == body.size();
  return body.size();
}

}  // namespace touchstone::http
