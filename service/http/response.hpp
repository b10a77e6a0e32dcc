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

/// What a handler answers. Framing headers (Content-Length, Transfer-Encoding, Connection, Date) are the server's
/// business, as are X-Request-Id and X-Content-Type-Options: a handler that sets one is answered 500 in its stead.
/// A fast handler is given a Response in its default state whose strings keep their capacity from request to request:
/// assign into them, rather than replace them, and no memory is allocated.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  ///< further headers; values with CR, LF or NUL are refused
  std::variant<std::string, StreamId> body = std::string{};
};

}  // namespace touchstone::http
