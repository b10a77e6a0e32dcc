#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/counters.hpp"
#include "service/http/route.hpp"

namespace touchstone::http {

/// Sizes a caller may not exceed. A value exactly at a limit is accepted.
struct Limits {
  std::size_t header_bytes = 8'192;  ///< request line through the empty line; beyond: 431
  std::size_t header_fields = 100;   ///< beyond: 431
  std::size_t target_bytes = 4'096;  ///< path and query as sent; beyond: 414
  std::size_t connections = 0;       ///< open at once; 0: what the descriptor limit leaves. Beyond: see `Server`
  std::size_t streams = 0;           ///< open at once; 0: half of what connections may be. Beyond: 503
  std::size_t pipelined_reply_bytes = 262'144;  ///< unsent reply bytes that stop reading further requests
};

/// The least progress a peer must make: this many bytes in each window, or the rest of what is awaited.
struct Pace {
  std::chrono::milliseconds window;
  std::size_t bytes;
};

/// How long a peer may take for each phase. Deadlines are looked at once per tick, so each fires up to a tick late.
struct Deadlines {
  std::chrono::milliseconds header{10'000};  ///< first byte (or the connection) to the complete header; then 408
  std::chrono::milliseconds idle{75'000};    ///< between two requests; then a silent close
  Pace body{std::chrono::milliseconds{10'000}, 4'096};    ///< then 408
  Pace write{std::chrono::milliseconds{30'000}, 65'536};  ///< then the connection is dropped
  std::chrono::milliseconds linger{2'000};                ///< after the last reply, for the peer to close first
  std::chrono::milliseconds tick{1'000};
  std::chrono::milliseconds grace{250};    ///< while draining, for the next request of an idle connection
  std::chrono::milliseconds drain{4'000};  ///< while draining, for everything; what waits then gets 503 or 408
};

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< empty: no TCP, the Unix socket alone
  std::uint16_t port = 0;             ///< 0: any free one, see Server::port()
  unsigned threads = 0;               ///< event loops; 0: one per core
  Limits limits;
  Deadlines deadlines;
  unsigned slow_threads = 2;
  std::size_t slow_queue = 64;   ///< requests waiting for a slow thread; beyond: 503 with Retry-After
  std::string certificate_file;  ///< PEM chain; set together with key_file, speaks TLS 1.2+ only
  std::string key_file;
  /// Also listens on this Unix socket (mode 0600; a stale one is replaced, removed on stop); its requests carry
  /// Request::local. Empty: none.
  std::string unix_socket;
  /// Told of each exception that left a handler (answered 500) or a connection (closed). Called from any thread.
  std::function<void(std::string_view request_id, std::string_view what)> on_failure;
};

/// HTTP/1.1 over TCP or TLS, stricter than the grammar: one reading of every request, or a refusal and a close.
///
/// At the connection limit the longest idle connection gives way to a new one; when none has been idle for a tick, the
/// new one is answered 503 and closed.
class Server {
 public:
  /// Throws std::invalid_argument for a route table that is malformed or ambiguous. `error_body` is called from any
  /// thread.
  Server(ServerOptions options, std::vector<Route> routes, ErrorBody error_body);
  ~Server();  ///< stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and serves; returns at once. Throws std::runtime_error naming the address, or the certificate file, and
  /// the cause; a port that somebody else listens on is such a cause. May be called once.
  void start();

  /// There may be something to say: every open stream is fed soon, by its own event loop. From any thread, at any
  /// time; costs one wake-up per loop, however many streams there are.
  void wake_streams();

  /// Refuses new connections, ends streams, answers every request whose first byte was read (with `Connection: close`),
  /// then returns. Bounded by the drain deadline and the longest slow handler. Safe to call twice; never from a
  /// handler.
  void stop();

  [[nodiscard]] std::uint16_t port() const noexcept;  ///< the actual one, after start()
  [[nodiscard]] unsigned threads() const noexcept;    ///< Request::worker is below this
  [[nodiscard]] Counters counters() const;            ///< a reading of each counter; not one instant

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace touchstone::http
