#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/front.hpp"
#include "service/app/service.hpp"
#include "service/fast/key_table.hpp"
#include "service/http/client.hpp"
#include "service/http/server.hpp"
#include "tests/service/app/scratch.hpp"

namespace touchstone::api {

/// How the server of a test differs from the usual one.
struct Fitting {
  FrontOptions front{};
  std::vector<http::Route> routes{};  ///< beside those of the table
  unsigned slow_threads = 2;
  std::size_t slow_queue = 64;
  std::size_t streams = 0;
};

/// A real server on a free loopback port, on a data directory of its own.
class Running {
 public:
  explicit Running(app::ServiceOptions options = {}, Fitting fitting = {});
  ~Running();

  /// Stops and serves the same directory again.
  void restart() {
    while_down([] {});
  }
  /// The same; something happens in between.
  void while_down(const std::function<void()>& happens);

  /// A key of that kind, made when first asked for.
  [[nodiscard]] std::string key(fast::KeyKind kind);

  http::ClientResponse get(const std::string& target) { return send(http::Method::get, target); }
  http::ClientResponse post(const std::string& target, std::string body) {
    return send(http::Method::post, target, std::move(body));
  }
  http::ClientResponse patch(const std::string& target, std::string body) {
    return send(http::Method::patch, target, std::move(body));
  }
  /// With the admin key, unless another token is given; an empty one sends no header.
  http::ClientResponse send(http::Method method, const std::string& target, std::string body = {});
  http::ClientResponse send(const http::ClientRequest& request);
  http::ClientResponse send_as(std::string_view token, http::Method method, const std::string& target,
                               std::string body = {});

  [[nodiscard]] app::Service& service() { return *service_; }
  [[nodiscard]] std::filesystem::path socket() const { return service_->directory().socket(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] http::Counters counters() const { return server_->counters(); }

 private:
  void start();
  void stop();

  Scratch scratch_;
  app::ServiceOptions options_;
  Fitting fitting_;
  std::unique_ptr<app::Service> service_;
  std::unique_ptr<Front> front_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::Client> client_;
  std::array<std::string, fast::all_key_kinds.size()> keys_;
};

/// The text member of a JSON object, by RFC 6901 pointer; numbers and others as their JSON. Empty where absent.
[[nodiscard]] std::string member(const std::string& json, std::string_view pointer);

}  // namespace touchstone::api
