#include "tests/service/api/person.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

namespace touchstone::api {

namespace {

using Document = nlohmann::json;

}  // namespace

std::string cookie_in(const http::ClientResponse& answer) {
  const auto cookie = answer.header("Set-Cookie");
  return std::string(cookie.substr(0, cookie.find(';')));
}

std::string invited(Running& running, const std::string& email, storage::Role role) {
  const auto made = running.post("/v1/people", Document{{"email", email}, {"role", storage::name_of(role)}}.dump());
  if (made.status != 201) throw std::runtime_error(made.body);
  return member(made.body, "/path");
}

std::string joined(Running& running, storage::Role role, const std::string& email) {
  const auto name = email.substr(0, email.find('@'));
  const auto answer =
      fill_in(running, invited(running, email, role), Document{{"name", name}, {"password", kPassword}}.dump());
  if (answer.status != 200) throw std::runtime_error(answer.body);
  return cookie_in(answer);
}

http::ClientResponse fill_in(Running& running, const std::string& target, const std::string& body,
                             std::vector<std::pair<std::string, std::string>> headers) {
  return running.send({http::Method::post, target, body, "application/json", std::move(headers)});
}

http::ClientResponse ask_as(Running& running, const std::string& cookie, http::Method method, const std::string& target,
                            const std::string& body, std::vector<std::pair<std::string, std::string>> headers) {
  headers.emplace_back("Cookie", cookie);
  headers.emplace_back("X-API-Key", "session");
  return running.send({method, target, body, "application/json", std::move(headers)});
}

http::ClientResponse sign_in(Running& running, const std::string& email, const std::string& password) {
  return fill_in(running, "/sign-in", Document{{"email", email}, {"password", password}}.dump());
}

http::ClientResponse setup_link(Running& running) {
  http::Client local(running.socket());
  return local.send({.method = http::Method::post, .target = "/v1/setup-links"}).value();
}

}  // namespace touchstone::api
