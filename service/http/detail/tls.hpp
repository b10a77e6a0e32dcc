#pragma once

#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "service/http/server.hpp"

namespace touchstone::http {

/// A server context from the options' certificate and key: TLS 1.2 or newer. Null where none are given. Throws
/// std::runtime_error naming the file.
std::unique_ptr<boost::asio::ssl::context> tls_context(const ServerOptions& options);

}  // namespace touchstone::http
