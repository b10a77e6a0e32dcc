#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/cli/host.hpp"
#include "service/http/client.hpp"

namespace touchstone::cli {

/// Speaks, as this machine's operator, to whoever serves a data directory; where nobody does, serves it itself over the
/// private socket for as long as the object lives. So a command does the same thing in both cases. Or speaks to a
/// service elsewhere, as the holder of a key.
class OperatorClient {
 public:
  /// Errors: those of Host::open; conflict where a process holds the directory and does not answer.
  [[nodiscard]] static Result<OperatorClient> open(const std::filesystem::path& data);
  /// Speaks to a service elsewhere, with a key. `address` is "http://HOST:PORT".
  [[nodiscard]] static Result<OperatorClient> at(std::string_view address, const std::string& key);

  /// The one of these that is meant: a service elsewhere where `to` names one.
  [[nodiscard]] static Result<OperatorClient> reach(const std::filesystem::path& data, std::string_view to,
                                                    const std::string& key);

  /// The answer, whatever it says. Errors: unavailable where there is none.
  [[nodiscard]] Result<http::ClientResponse> exchange(http::ClientRequest request);

  /// The body of a 2xx answer. Errors: what the service answered, with its detail and hint.
  [[nodiscard]] Result<std::string> get(std::string target);
  [[nodiscard]] Result<std::string> post(std::string target, std::string body);
  [[nodiscard]] Result<std::string> patch(std::string target, std::string body);
  [[nodiscard]] Result<std::string> del(std::string target);

  /// True where another process serves the directory.
  [[nodiscard]] bool beside_a_server() const noexcept { return host_ == nullptr; }

 private:
  OperatorClient(std::unique_ptr<Host> host, http::Client client, std::string key);
  [[nodiscard]] Result<std::string> send(http::ClientRequest request);

  std::unique_ptr<Host> host_;
  http::Client client_;
  std::string key_;  ///< empty: who can reach the socket is the operator
};

/// What an answer that is not 2xx says.
[[nodiscard]] Error error_of(const http::ClientResponse& response);

/// Tells the operator what went wrong, on standard error. Returns the ExitCode that fits.
[[nodiscard]] int complain(const Error& error);

/// The same of what the command line should have said otherwise.
[[nodiscard]] int complain_of_usage(const Error& error);

}  // namespace touchstone::cli
