#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace touchstone::http {

/// A body without an end, as server-sent events are: written whenever there is something to say.
struct Stream {
  /// Appends what its reader has not been sent; false ends the stream after that. Called on the connection's event loop
  /// and nowhere else: when the stream begins, after each Server::wake_streams(), and when a reader that was behind has
  /// caught up. What a slow reader missed is for the feed to leave out: nothing is queued.
  std::function<bool(std::string& out)> feed;
  std::string beat = ":\n\n";  ///< sent when nothing else was for `beat_every`
  std::chrono::milliseconds beat_every{15'000};
};

/// What a handler answers. Framing headers (Content-Length, Transfer-Encoding, Connection, Date) are the server's
/// business, as are X-Request-Id and X-Content-Type-Options: a handler that sets one is answered 500 in its stead.
/// A fast handler is given a Response in its default state whose strings keep their capacity from request to request:
/// assign into them, rather than replace them, and no memory is allocated.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  ///< further headers; values with CR, LF or NUL are refused
  std::variant<std::string, Stream> body = std::string{};
};

}  // namespace touchstone::http
