#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Where to listen.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};

/// Reads "127.0.0.1:8080", "[::1]:8080" or ":8080" (the loopback). Port 0: any free one.
[[nodiscard]] Result<ListenAddress> read_listen_address(std::string_view text);

/// Serves a data directory until SIGTERM or SIGINT; then answers what was begun, commits what was accepted and returns.
/// Prints the address to standard output, with a one-time setup link where nobody can administer it yet.
[[nodiscard]] int run_serve(const ServeOptions& options);

}  // namespace touchstone::cli
