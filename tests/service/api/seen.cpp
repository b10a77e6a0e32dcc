#include "tests/service/api/seen.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "tests/service/http/wire.hpp"

namespace touchstone::api {

namespace {

/// A stream is seen up to its first event.
http::ClientResponse open(std::uint16_t port, const http::ClientRequest& request) {
  http::test::Wire wire(port);
  std::string text = "GET " + request.target + " HTTP/1.1\r\nHost: a\r\n";
  for (const auto& [name, value] : request.headers) text.append(name).append(": ").append(value).append("\r\n");
  if (!request.body.empty()) text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  wire.send(text.append("\r\n").append(request.body));
  auto answer = wire.read().value();
  if (answer.status == 200) answer.body = wire.read_through("\n\n").value();
  return {answer.status, answer.body, answer.headers};
}

}  // namespace

http::ClientResponse Seen::ask(std::uint16_t port, const Row& row, http::ClientRequest request) {
  request.method = row.method;
  if (is_stream(row)) {
    auto answer = open(port, request);
    keep(row, request, answer);
    return answer;
  }
  auto answer = http::Client("127.0.0.1", port).send(request);
  if (!answer) throw std::runtime_error(request.target + ": " + answer.error().message);
  keep(row, request, *answer);
  return std::move(*answer);
}

void Seen::keep(const Row& row, const http::ClientRequest& request, const http::ClientResponse& answer) {
  exchanges_.push_back({&row, request, answer});
}

std::set<int> Seen::statuses(const Row& row) const {
  std::set<int> all;
  for (const auto& exchange : exchanges_)
    if (exchange.row == &row) all.insert(exchange.answer.status);
  return all;
}

void Seen::write(const std::filesystem::path& file, const std::string& document) const {
  auto answers = nlohmann::json::array();
  for (const auto& [row, request, answer] : exchanges_) {
    auto headers = nlohmann::json::object();
    for (const auto& [name, value] : answer.headers) headers[name] = value;
    answers.push_back({{"method", method_word(row->method)},
                       {"pattern", row->pattern},
                       {"target", request.target},
                       {"sent", request.headers.empty() ? "" : request.body},
                       {"status", answer.status},
                       {"headers", headers},
                       {"body", answer.body}});
  }
  std::ofstream(file) << nlohmann::json{{"document", nlohmann::json::parse(document)}, {"answers", answers}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

const Row& row_of(http::Method method, std::string_view pattern) {
  const auto rows = table();
  return *std::ranges::find_if(rows, [&](const Row& row) { return row.method == method && row.pattern == pattern; });
}

}  // namespace touchstone::api
