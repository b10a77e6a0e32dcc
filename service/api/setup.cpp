#include <array>

#include "service/api/handlers.hpp"
#include "service/api/issued_key.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::api {

namespace {

constexpr std::string_view kPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Touchstone setup</title>"
    "<body><h1>Touchstone</h1>";

bool wants_page(const http::Request& request) { return request.accept.find("text/html") != std::string_view::npos; }

http::Response page(std::string_view content) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; form-action 'self'");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.body = std::string(kPage) + std::string(content) + "</body></html>";
  return response;
}

Result<Query> read_token(const http::Request& request) {
  constexpr std::array<std::string_view, 1> known{"token"};
  return Query::read(request.query, known);
}

}  // namespace

/// Only offers: whatever fetches a link to look at it must not use it up.
Result<http::Response> offer_setup(Context&, const http::Request& request, const fast::Caller&) {
  if (auto query = read_token(request); !query) return query.error();
  return page(
      "<p>This link makes the first administrator's key. It works once, and the key is shown once.</p>"
      "<form method=\"post\"><button>Make the key</button></form>");
}

Result<http::Response> redeem_setup(Context& context, const http::Request& request, const fast::Caller&) {
  const auto query = read_token(request);
  if (!query) return query.error();
  const auto issued = app::redeem_setup_token(context.service, query->text("token"));
  if (!issued) return issued.error();
  if (wants_page(request)) {
    auto response = page("<p>Keep this key; nobody can show it again:</p><pre>" + issued->secret +
                         "</pre><p>This browser is signed in: <a href=\"/\">see the experiments</a>.</p>");
    response.headers.emplace_back("Set-Cookie", context.sessions.open(issued->secret, context.service.now()));
    return response;
  }
  auto response = json(write_issued_key(*issued), 201);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<http::Response> create_setup_link(Context& context, const http::Request&, const fast::Caller&) {
  const auto token = app::create_setup_token(context.service);
  if (!token) return token.error();
  std::string text;
  codec::JsonWriter(text).begin_object().key("path").text("/setup?token=" + *token).end_object();
  return json(std::move(text), 201);
}

}  // namespace touchstone::api
