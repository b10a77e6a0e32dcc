#include "service/app/retention.hpp"

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"

namespace touchstone::api {

namespace {

Result<http::Response> told(Context& context, const fast::Caller& caller) {
  const auto now = app::retention(context.service, caller.environment);
  if (!now) return now.error();
  return json(codec::write_retention(*now));
}

}  // namespace

Result<http::Response> show_retention(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  return told(context, caller);
}

Result<http::Response> change_retention(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  auto reason = query->reason();
  if (!reason) return reason.error();
  const auto months = codec::read_retention_request(request.body);
  if (!months) return months.error();
  const auto by = actor_of(context, caller, *std::move(reason));
  if (auto changed = app::change_retention(context.service, caller.environment, *months, by); !changed)
    return changed.error();
  return told(context, caller);
}

Result<http::Response> apply_retention(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  if (auto gone = app::let_go(context.service, caller.environment, actor_of(context, caller)); !gone)
    return gone.error();
  return told(context, caller);
}

}  // namespace touchstone::api
