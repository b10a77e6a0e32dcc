#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace touchstone::http {

/// A HEAD request is routed to the GET handler with `method` = head; its body is dropped, its length kept.
enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

/// One complete, framed request. Every view points into the connection's buffer: valid until the handler has returned
/// (fast lane) or until the reply is sent (durable and slow lanes, whose connection waits).
struct Request {
  Method method = Method::get;
  std::string_view path;           ///< percent-decoded once, valid UTF-8; never holds "//", a dot segment or a control
  std::string_view query;          ///< raw, after '?', without it
  std::string_view body;           ///< inflated, within the route's limit
  std::string_view authorization;  ///< header values, empty where absent; copied before the body was read
  std::string_view api_key;        ///< X-API-Key
  std::string_view content_type;
  std::string_view accept;
  std::string_view if_match;
  std::string_view if_none_match;
  std::string_view idempotency_key;
  std::string_view origin;
  std::string_view host;
  std::string_view cookie;
  std::string_view last_event_id;  ///< Last-Event-ID: what the reader of an earlier stream has seen
  std::string_view forwarded_for;  ///< X-Forwarded-For: whoever sent it, trust it only from a known proxy
  std::string_view peer;           ///< the remote address as text, without the port; "local" on a Unix socket
  std::string_view request_id;     ///< the caller's X-Request-Id where well formed, else ours
  std::array<std::string_view, 2> path_params;  ///< what the pattern's {…} matched, in order
  bool local = false;                           ///< came over ServerOptions::unix_socket: this machine's operator
  std::uint32_t worker = 0;                     ///< index of the event loop that carries the connection
};

}  // namespace touchstone::http
