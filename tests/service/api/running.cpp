#include "tests/service/api/running.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "service/app/keys.hpp"

namespace touchstone::api {

namespace {

constexpr unsigned kLoops = 2;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(result).value();
}

}  // namespace

Running::Running(app::ServiceOptions options, Fitting fitting)
    : options_(std::move(options)), fitting_(std::move(fitting)) {
  start();
}
Running::~Running() { stop(); }

void Running::start() {
  service_ = must(app::Service::open(scratch_.path() / "data", options_));
  front_ = std::make_unique<Front>(*service_, kLoops, fitting_.front);
  http::ServerOptions server;
  server.threads = kLoops;
  server.unix_socket = socket().string();
  server.slow_threads = fitting_.slow_threads;
  server.limits.streams = fitting_.streams;
  server.slow_queue = fitting_.slow_queue;
  server.deadlines.grace = std::chrono::milliseconds(1);
  auto routes = front_->routes();
  routes.insert(routes.end(), fitting_.routes.begin(), fitting_.routes.end());
  server_ = std::make_unique<http::Server>(server, std::move(routes), Front::error_body());
  front_->serve_over(*server_);
  server_->start();
  client_ = std::make_unique<http::Client>("127.0.0.1", server_->port());
}

void Running::stop() {
  client_.reset();
  server_->stop();
  front_->stop();
  service_->stop();
  server_.reset();
  front_.reset();
  service_.reset();
}

void Running::while_down(const std::function<void()>& happens) {
  stop();
  happens();
  start();
}

std::string Running::key(fast::KeyKind kind) {
  auto& key = keys_[static_cast<std::size_t>(kind)];
  if (key.empty())
    key = must(app::create_key(*service_, service_->default_environment(), kind, "test", {"test", "", service_->now()}))
              .secret;
  return key;
}

http::ClientResponse Running::send(const http::ClientRequest& request) { return must(client_->send(request)); }

http::ClientResponse Running::send_as(std::string_view token, http::Method method, const std::string& target,
                                      std::string body) {
  http::ClientRequest request{.method = method, .target = target, .body = std::move(body)};
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + std::string(token));
  return send(request);
}

http::ClientResponse Running::send(http::Method method, const std::string& target, std::string body) {
  return send_as(key(fast::KeyKind::admin), method, target, std::move(body));
}

std::string member(const std::string& json, std::string_view pointer) {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  const nlohmann::json::json_pointer at{std::string(pointer)};
  if (document.is_discarded() || !document.contains(at)) return "";
  const auto& value = document.at(at);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace touchstone::api
