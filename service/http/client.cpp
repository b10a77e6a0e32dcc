#include "service/http/client.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace touchstone::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr std::size_t kLargestAnswer = std::size_t{256} << 20;

using Stream = asio::generic::stream_protocol::socket;

beast::http::verb verb_of(Method method) {
  switch (method) {
    case Method::get:
      return beast::http::verb::get;
    case Method::head:
      return beast::http::verb::head;
    case Method::post:
      return beast::http::verb::post;
    case Method::put:
      return beast::http::verb::put;
    case Method::patch:
      return beast::http::verb::patch;
    case Method::del:
      return beast::http::verb::delete_;
    case Method::options:
      return beast::http::verb::options;
  }
  return beast::http::verb::unknown;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

Error unreachable(const beast::error_code& error) {
  return {ErrorCode::unavailable, "the server cannot be reached: " + error.message(), "", "Is it running?"};
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
  const auto found = std::ranges::find_if(headers, [&](const auto& field) { return same_name(field.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

struct Client::Connection {
  std::function<void(Stream&, asio::io_context&, beast::error_code&)> connect;
  std::string host;
  asio::io_context context{1};
  std::optional<Stream> stream;
  beast::flat_buffer buffer;

  beast::error_code open() {
    beast::error_code error;
    if (stream) return error;
    buffer.clear();
    stream.emplace(context);
    connect(*stream, context, error);
    if (error) stream.reset();
    return error;
  }

  beast::error_code write(const ClientRequest& request) {
    beast::http::request<beast::http::string_body> message{verb_of(request.method), request.target, 11};
    message.set(beast::http::field::host, host);
    for (const auto& [name, value] : request.headers) message.set(name, value);
    if (!request.body.empty()) {
      message.set(beast::http::field::content_type, request.content_type);
      message.body() = request.body;
    }
    if (!request.body.empty() || request.method != Method::get) message.prepare_payload();
    beast::error_code error;
    beast::http::write(*stream, message, error);
    return error;
  }

  beast::error_code read(const ClientRequest& request, ClientResponse& into) {
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(kLargestAnswer);
    if (request.method == Method::head) parser.skip(true);
    beast::error_code error;
    beast::http::read(*stream, buffer, parser, error);
    if (error) {
      stream.reset();
      return error;
    }
    auto message = parser.release();
    into.status = static_cast<int>(message.result_int());
    into.headers.clear();
    for (const auto& field : message) into.headers.emplace_back(field.name_string(), field.value());
    into.body = std::move(message.body());
    if (!message.keep_alive()) stream.reset();
    return error;
  }
};

Client::Client(const std::string& host, std::uint16_t port) : connection_(std::make_unique<Connection>()) {
  connection_->host = host + ":" + std::to_string(port);
  connection_->connect = [host, port](Stream& stream, asio::io_context& context, beast::error_code& error) {
    asio::ip::tcp::resolver resolver(context);
    const auto found = resolver.resolve(host, std::to_string(port), error);
    if (error) return;
    const asio::ip::tcp::endpoint endpoint = found.begin()->endpoint();
    stream.connect(endpoint, error);
    if (!error) stream.set_option(asio::ip::tcp::no_delay(true), error);
  };
}

Client::Client(const std::filesystem::path& socket) : connection_(std::make_unique<Connection>()) {
  connection_->host = "localhost";
  connection_->connect = [path = socket.string()](Stream& stream, asio::io_context&, beast::error_code& error) {
    stream.connect(asio::local::stream_protocol::endpoint(path), error);
  };
}

Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<ClientResponse> Client::send(const ClientRequest& request) {
  // A kept-alive connection may have been closed by the server in the meantime: one fresh try then.
  const bool reused = connection_->stream.has_value();
  ClientResponse response;
  beast::error_code error = connection_->open();
  if (!error) error = connection_->write(request);
  if (!error) error = connection_->read(request, response);
  if (error && reused) {
    connection_->stream.reset();
    error = connection_->open();
    if (!error) error = connection_->write(request);
    if (!error) error = connection_->read(request, response);
  }
  if (error) {
    connection_->stream.reset();
    return unreachable(error);
  }
  return response;
}

Result<std::vector<ClientResponse>> Client::send_pipelined(const std::vector<ClientRequest>& requests) {
  beast::error_code error = connection_->open();
  for (auto request = requests.begin(); !error && request != requests.end(); ++request)
    error = connection_->write(*request);
  std::vector<ClientResponse> responses(error ? 0 : requests.size());
  for (std::size_t i = 0; !error && i < responses.size(); ++i) error = connection_->read(requests[i], responses[i]);
  if (error) {
    connection_->stream.reset();
    return unreachable(error);
  }
  return responses;
}

}  // namespace touchstone::http
