#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace touchstone::http {

/// Why the server itself refused a request or a connection.
enum class Reason : std::uint8_t {
  malformed,       ///< 400: breaks the grammar or allows two readings
  bad_target,      ///< 400: a path that is not plain
  timeout,         ///< 408
  no_route,        ///< 404
  wrong_method,    ///< 405, 501
  too_large,       ///< 413, 414, 431
  unsupported,     ///< 415, 417, 501 for codings, 505
  busy,            ///< 503: slow queue full, connection limit, draining
  handler_failed,  ///< 500, 503: an exception or a reply never given
};
inline constexpr std::size_t reason_count = 9;
[[nodiscard]] std::string_view name(Reason reason) noexcept;

/// A reading of the server's counters, all since start except `active`, `slow_queued` and `streams`.
struct Counters {
  std::uint64_t accepted = 0;
  std::uint64_t active = 0;                           ///< open connections
  std::array<std::uint64_t, 6> requests{};            ///< answers by status class; [2] counts 2xx
  std::array<std::uint64_t, reason_count> refused{};  ///< by Reason
  std::uint64_t connections_refused = 0;              ///< at the connection limit
  std::uint64_t connections_evicted = 0;              ///< idle ones that gave way
  std::uint64_t accept_failures = 0;                  ///< no descriptor or memory; accepting paused for a moment
  std::uint64_t failures = 0;                         ///< exceptions caught outside handlers
  std::uint64_t bytes_in = 0;                         ///< after TLS
  std::uint64_t bytes_out = 0;
  std::uint64_t slow_queued = 0;
  std::uint64_t streams = 0;  ///< open ones
};

}  // namespace touchstone::http
