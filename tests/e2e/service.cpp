#include "tests/e2e/service.hpp"

#include <csignal>
#include <stdexcept>

namespace touchstone::e2e {
namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

http::ClientResponse must(http::ClientResponse response, const std::string& target) {
  if (response.status / 100 != 2)
    throw std::runtime_error(target + " answered " + std::to_string(response.status) + ": " + response.body);
  return response;
}

}  // namespace

Service::Service(const std::filesystem::path& data, const std::vector<std::string>& further_options)
    : data_(data), options_(further_options) {
  start();
  const Outcome made = run({program(), "keys", "create", "--kind", "admin", "--data", data_.string()});
  if (made.exit_code != 0) throw std::runtime_error("keys create: " + made.err);
  key_ = trimmed(made.out);
}

void Service::start() {
  std::vector<std::string> command = {program(), "serve", "--data", data_.string(), "--listen", "127.0.0.1:0"};
  command.insert(command.end(), options_.begin(), options_.end());
  process_ = std::make_unique<Process>(command);
  port_ = static_cast<std::uint16_t>(std::stoi(process_->wait_for(std::regex(R"(https?://127\.0\.0\.1:(\d+))"))));
  client_ = std::make_unique<http::Client>("127.0.0.1", port_);
}

http::ClientResponse Service::get(const std::string& target) {
  return send({.method = http::Method::get, .target = target});
}

http::ClientResponse Service::post(const std::string& target, std::string body) {
  return send({.method = http::Method::post, .target = target, .body = std::move(body)});
}

http::ClientResponse Service::must_post(const std::string& target, std::string body) {
  return must(post(target, std::move(body)), target);
}

http::ClientResponse Service::must_get(const std::string& target) { return must(get(target), target); }

http::ClientResponse Service::send(http::ClientRequest request) {
  request.headers.push_back(authorization());
  auto response = client_->send(request);
  if (!response) throw std::runtime_error(response.error().message);
  return *std::move(response);
}

std::pair<std::string, std::string> Service::authorization() const { return {"Authorization", "Bearer " + key_}; }

int Service::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

void Service::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

}  // namespace touchstone::e2e
