#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "service/http/detail/loop.hpp"

namespace touchstone::http {

/// A connection over a plain socket.
std::shared_ptr<Connection> open_plain(Loop& loop, Socket socket, std::uint64_t id);

/// A connection over TLS.
std::shared_ptr<Connection> open_tls(Loop& loop, boost::asio::ssl::context& context, Socket socket, std::uint64_t id);

}  // namespace touchstone::http
