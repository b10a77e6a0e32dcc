#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace touchstone::http {

/// Names a byte stream that outlives the handler (server-sent events).
struct StreamId {
  std::uint64_t value = 0;
};

/// What a handler answers. Framing headers (Content-Length, Connection, Date) are the server's business.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  ///< further headers; values with CR, LF or NUL are refused
  std::variant<std::string, StreamId> body = std::string{};
};

}  // namespace touchstone::http
