#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/http/request.hpp"

namespace touchstone::http {

/// What a client asks.
struct ClientRequest {
  Method method = Method::get;
  std::string target{};  ///< path and query
  std::string body{};
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// What came back.
struct ClientResponse {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};

  /// The value of a header, its name compared without case; empty where absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// A blocking HTTP/1.1 client with one kept-alive connection, for commands that talk to a running server, the demo and
/// tests. Connects at the first request and again after the server has closed; a request that meets a connection closed
/// meanwhile is sent once more on a new one. Not thread-safe.
class Client {
 public:
  /// A server on TCP.
  Client(const std::string& host, std::uint16_t port);
  /// A server on a Unix socket.
  explicit Client(const std::filesystem::path& socket);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// Errors: unavailable where no connection can be made or it breaks before the answer is complete.
  Result<ClientResponse> send(const ClientRequest& request);

  /// Writes all requests before it reads the answers, which come in order. Keep a call below 64 KiB in each direction:
  /// a server that answers while nobody reads stops reading.
  Result<std::vector<ClientResponse>> send_pipelined(const std::vector<ClientRequest>& requests);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace touchstone::http
