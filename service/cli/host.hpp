#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "assign/result.hpp"
#include "service/api/front.hpp"
#include "service/app/service.hpp"
#include "service/http/server.hpp"

namespace touchstone::cli {

/// How a data directory is served.
struct HostOptions {
  std::filesystem::path data;
  std::string address;  ///< empty: over the directory's private socket alone
  std::uint16_t port = 0;
  unsigned threads = 0;  ///< event loops; 0: one per core
  std::string certificate_file;
  std::string key_file;
  std::function<std::string()> salts{};  ///< empty: random ones
  std::uint64_t checkpoint_events = app::ServiceOptions{}.checkpoint_events;
  std::size_t streams = 0;    ///< open at once; 0: half of what connections may be
  api::FrontOptions front{};  ///< rates and origins; the rest follows from the above
};

/// A served data directory: service, API and server in one, started and stopped in the right order.
class Host {
 public:
  /// Opens the directory and listens, after taking as many descriptors as the hard limit allows. Errors: those of
  /// Service::open; unavailable where it cannot listen.
  [[nodiscard]] static Result<std::unique_ptr<Host>> open(const HostOptions& options);
  ~Host();  ///< stops
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Answers what was begun, carries and commits what was accepted. Safe to call twice.
  void stop();

  [[nodiscard]] std::uint16_t port() const noexcept { return server_->port(); }
  [[nodiscard]] app::Service& service() noexcept { return *service_; }

 private:
  Host(std::unique_ptr<app::Service> service, const HostOptions& options);

  std::unique_ptr<app::Service> service_;
  std::unique_ptr<api::Front> front_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace touchstone::cli
