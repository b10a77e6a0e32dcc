#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "assign/result.hpp"
#include "service/cli/host.hpp"
#include "service/http/client.hpp"

namespace touchstone::cli {

/// Speaks, as this machine's operator, to whoever serves a data directory; where nobody does, serves it itself over the
/// private socket for as long as the object lives. So a command does the same thing in both cases.
class OperatorClient {
 public:
  /// Errors: those of Host::open; conflict where a process holds the directory and does not answer.
  [[nodiscard]] static Result<OperatorClient> open(const std::filesystem::path& data);

  /// The body of a 2xx answer. Errors: what the service answered, with its detail and hint.
  [[nodiscard]] Result<std::string> get(std::string target);
  [[nodiscard]] Result<std::string> post(std::string target, std::string body);
  [[nodiscard]] Result<std::string> patch(std::string target, std::string body);
  [[nodiscard]] Result<std::string> del(std::string target);

  /// True where another process serves the directory.
  [[nodiscard]] bool beside_a_server() const noexcept { return host_ == nullptr; }

 private:
  OperatorClient(std::unique_ptr<Host> host, http::Client client);
  [[nodiscard]] Result<std::string> send(const http::ClientRequest& request);

  std::unique_ptr<Host> host_;
  http::Client client_;
};

/// Tells the operator what went wrong, on standard error. Returns the ExitCode that fits.
[[nodiscard]] int complain(const Error& error);

}  // namespace touchstone::cli
