#include "service/cli/client.hpp"

#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "service/api/errors.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/serve.hpp"
#include "service/codec/json.hpp"
#include "storage/directory.hpp"

namespace touchstone::cli {
namespace {

std::string member(codec::JsonView object, std::string_view key) {
  const auto value = object.find(key);
  return value ? std::string(value->text().value_or("")) : "";
}

Error no_address(std::string_view text) {
  return {ErrorCode::invalid, fmt::format("\"{}\" is no address of a service", text), "",
          "write http://HOST:PORT; where it is served over TLS, run the command beside it or through a tunnel"};
}

}  // namespace

OperatorClient::OperatorClient(std::unique_ptr<Host> host, http::Client client, std::string key)
    : host_(std::move(host)), client_(std::move(client)), key_(std::move(key)) {}

Result<OperatorClient> OperatorClient::open(const std::filesystem::path& data) {
  const auto socket = storage::Directory::socket_of(data);
  if (std::filesystem::exists(socket)) {
    http::Client client(socket);
    if (client.send({.target = "/healthz"})) return OperatorClient(nullptr, std::move(client), "");
  }
  HostOptions options;
  options.data = data;
  options.threads = 1;
  options.front.keeps_schedules = false;  // a command does what it says and nothing else
  auto host = Host::open(options);
  if (!host) return host.error();
  return OperatorClient(std::move(*host), http::Client(socket), "");
}

Result<OperatorClient> OperatorClient::at(std::string_view address, const std::string& key) {
  constexpr std::string_view scheme = "http://";
  if (!address.starts_with(scheme)) return no_address(address);
  auto place = address.substr(scheme.size());
  if (place.ends_with('/')) place.remove_suffix(1);
  const auto where = read_listen_address(place);
  if (!where) return no_address(address);
  return OperatorClient(nullptr, http::Client(where->host, where->port), key);
}

Result<OperatorClient> OperatorClient::reach(const std::filesystem::path& data, std::string_view to,
                                             const std::string& key) {
  if (to.empty()) return open(data);
  if (!key.empty()) return at(to, key);
  return Error{ErrorCode::unauthorized, "--to needs a key", "", "give one with --key or in TOUCHSTONE_KEY"};
}

Result<http::ClientResponse> OperatorClient::exchange(http::ClientRequest request) {
  if (!key_.empty()) request.headers.emplace_back("Authorization", "Bearer " + key_);
  return client_.send(request);
}

Result<std::string> OperatorClient::send(http::ClientRequest request) {
  auto response = exchange(std::move(request));
  if (!response) return response.error();
  if (response->status / 100 != 2) return error_of(*response);
  return std::move(response->body);
}

Result<std::string> OperatorClient::get(std::string target) { return send({.target = std::move(target)}); }

Result<std::string> OperatorClient::post(std::string target, std::string body) {
  return send({.method = http::Method::post, .target = std::move(target), .body = std::move(body)});
}

Result<std::string> OperatorClient::patch(std::string target, std::string body) {
  return send({.method = http::Method::patch, .target = std::move(target), .body = std::move(body)});
}

Result<std::string> OperatorClient::del(std::string target) {
  return send({.method = http::Method::del, .target = std::move(target)});
}

Error error_of(const http::ClientResponse& response) {
  Error error{api::code_of(response.status), fmt::format("the service answered {}", response.status), "", ""};
  codec::JsonDocument document;
  if (!document.read(response.body)) return error;
  error.message = member(document.root(), "detail");
  const auto errors = document.root().find("errors");
  if (!errors || errors->size() == 0) return error;
  const auto first = *errors->elements().begin();
  error.pointer = member(first, "pointer");
  error.hint = member(first, "hint");
  return error;
}

int complain(const Error& error) {
  fmt::print(stderr, "touchstone: {}\n", error.message);
  if (!error.pointer.empty()) fmt::print(stderr, "  at {}\n", error.pointer);
  if (!error.hint.empty()) fmt::print(stderr, "  {}\n", error.hint);
  return error.code == ErrorCode::not_found ? exit_not_found : exit_failed;
}

int complain_of_usage(const Error& error) {
  const int code = complain(error);
  return code == exit_not_found ? code : exit_usage;
}

}  // namespace touchstone::cli
