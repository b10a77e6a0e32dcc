#include "service/app/views.hpp"

#include <utility>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"

namespace touchstone::api {

Result<http::Response> list_views(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto views = app::views(context.service, caller.environment, actor_of(context, caller).name);
  if (!views) return views.error();
  return json(codec::write_views(*views));
}

Result<http::Response> put_view(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  auto view = codec::read_view_request(request.body);
  if (!view) return view.error();
  const auto by = actor_of(context, caller);
  view->owner = by.name;
  return revise(context, caller, by, Once(), [&](app::Revision& revision) -> Result<http::Response> {
    const auto put = app::put_view(context.service, caller.environment, revision, std::move(*view));
    if (!put) return put.error();
    return json(codec::write_view(*put));
  });
}

Result<http::Response> delete_view(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto by = actor_of(context, caller);
  return revise(context, caller, by, Once(), [&](app::Revision& revision) -> Result<http::Response> {
    auto done = app::delete_view(context.service, caller.environment, revision, request.path_params[0], by.name);
    if (!done) return done.error();
    return json("", 204);
  });
}

}  // namespace touchstone::api
