#include <utility>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/share_links.hpp"
#include "service/page/door_pages.hpp"

namespace touchstone::api {

Result<http::Response> list_shares(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto links = app::share_links(context.service, caller.environment, request.path_params[0]);
  if (!links) return links.error();
  return json(codec::write_shares(*links));
}

Result<http::Response> share_report(Context& context, const http::Request& request, const fast::Caller& caller,
                                    const Once& once) {
  const auto lifetime = codec::read_share_request(request.body);
  if (!lifetime) return lifetime.error();
  const auto by = actor_of(context, caller);
  return revise(context, caller, by, once, [&](app::Revision& revision) -> Result<http::Response> {
    const auto made = app::share_report(revision, request.path_params[0], *lifetime, by.name);
    if (!made) return made.error();
    return json(codec::write_new_share(made->link, "/shared/" + made->token), 201);
  });
}

Result<http::Response> take_back_share(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  return revise(context, caller, actor_of(context, caller), Once(),
                [&](app::Revision& revision) -> Result<http::Response> {
                  auto done = app::take_back(context.service, caller.environment, revision, request.path_params[0]);
                  if (!done) return done.error();
                  return json("", 204);
                });
}

/// Whoever has the link may read the report, and nothing else: it names no unit and leads nowhere.
Result<http::Response> show_shared_report(Context& context, const http::Request& request, const fast::Caller&) {
  const auto shared = app::find_shared(context.service, request.path_params[0]);
  if (!shared && shared.error().code == ErrorCode::not_found) return html(page::ended_page(), 404);
  if (!shared) return shared.error();
  PageWish wish;
  wish.form = PageForm::shared;
  auto text = draw_report_page(context.service, shared->environment, shared->experiment, wish);
  if (!text) return text.error();
  auto response = html(std::move(*text));
  response.headers.emplace_back("X-Robots-Tag", "noindex");
  return response;
}

}  // namespace touchstone::api
