#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/http/response.hpp"

namespace touchstone::http {

/// What the exchange, not the handler, decides about a reply.
struct Framing {
  bool head = false;  ///< the request was HEAD: no body follows
  bool keep_alive = true;
  bool http10 = false;
  std::string_view request_id;
};

/// Writes replies as single runs of bytes. One per event loop; the part that all 200 replies share is kept ready.
class ReplyWriter {
 public:
  ReplyWriter();

  /// Takes the Date of all replies from now on; to be called about once a second.
  void set_time(std::int64_t unix_seconds);

  /// Appends a whole reply. False, and nothing appended, where the response may not be sent: a status outside 200..599,
  /// a header that is malformed or the server's own business, or a stream that nobody feeds. Of a stream the head is
  /// written: its body follows, up to the connection's end.
  [[nodiscard]] bool append(std::string& out, const Response& response, const Framing& framing) const;

 private:
  void append_head_start(std::string& out, int status) const;

  std::string date_;
  std::string ok_start_;
};

}  // namespace touchstone::http
