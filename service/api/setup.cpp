#include "service/api/handlers.hpp"
#include "service/api/issued_key.hpp"
#include "service/api/page.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"
#include "service/page/door_pages.hpp"

namespace touchstone::api {

/// Only offers: whatever fetches a link to look at it must not use it up.
Result<http::Response> offer_setup(Context&, const http::Request& request, const fast::Caller&) {
  if (auto query = Query::read(request.query); !query) return query.error();
  return html(page::setup_page());
}

Result<http::Response> redeem_setup(Context& context, const http::Request& request, const fast::Caller&) {
  const auto query = Query::read(request.query);
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

Result<http::Response> create_setup_link(Context& context, const http::Request&, const fast::Caller&,
                                         const Once& once) {
  http::Response answer;
  const auto made = app::create_setup_token(context.service, [&](const std::string& token) {
    std::string text;
    codec::JsonWriter(text).begin_object().key("path").text("/setup?token=" + token).end_object();
    answer = json(std::move(text), 201);
    return once ? once.keep(answer, context.service.now()) : storage::CatalogueCommand();
  });
  if (!made) return made.error();
  return answer;
}

}  // namespace touchstone::api
