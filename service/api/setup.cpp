#include <array>

#include "service/api/handlers.hpp"
#include "service/api/issued_key.hpp"
#include "service/api/page.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"
#include "service/page/door_pages.hpp"

namespace touchstone::api {

namespace {

Result<Query> read_token(const http::Request& request) {
  constexpr std::array<std::string_view, 1> known{"token"};
  return Query::read(request.query, known);
}

}  // namespace

/// Only offers: whatever fetches a link to look at it must not use it up.
Result<http::Response> offer_setup(Context&, const http::Request& request, const fast::Caller&) {
  if (auto query = read_token(request); !query) return query.error();
  return html(page::setup_page());
}

Result<http::Response> redeem_setup(Context& context, const http::Request& request, const fast::Caller&) {
  const auto query = read_token(request);
  if (!query) return query.error();
  const auto issued = app::redeem_setup_token(context.service, query->text("token"));
  if (!issued) return issued.error();
  if (wants_page(request)) {
    auto response = html(page::welcome_page(issued->secret));
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
