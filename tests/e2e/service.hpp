#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/client.hpp"
#include "tests/e2e/program.hpp"

namespace touchstone::e2e {

/// `touchstone serve` on a data directory and a free loopback port, with an admin key made on the command line.
class Service {
 public:
  /// Starts it and waits until it says where it listens.
  explicit Service(const std::filesystem::path& data, const std::vector<std::string>& further_options = {});

  http::ClientResponse get(const std::string& target);
  http::ClientResponse post(const std::string& target, std::string body);
  /// Throws, with the answer, where the status is not 2xx.
  http::ClientResponse must_post(const std::string& target, std::string body);
  http::ClientResponse must_get(const std::string& target);
  http::ClientResponse send(http::ClientRequest request);

  /// A client of its own, for another thread; requests must carry authorization().
  [[nodiscard]] http::Client client() const { return {"127.0.0.1", port_}; }
  [[nodiscard]] std::pair<std::string, std::string> authorization() const;
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }

  /// SIGTERM, then the exit code.
  int stop();
  /// SIGKILL.
  void kill();
  /// Serves the same directory again, on another port. The key stays valid.
  void start();

 private:
  std::filesystem::path data_;
  std::vector<std::string> options_;
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
  std::string key_;
  std::unique_ptr<http::Client> client_;
};

}  // namespace touchstone::e2e
