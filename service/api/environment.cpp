#include "service/app/environment.hpp"

#include <utility>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"

namespace touchstone::api {

Result<http::Response> show_environment(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto settings = app::environment_settings(context.service, caller.environment);
  if (!settings) return settings.error();
  return tagged(codec::write_environment(*settings), etag_of(settings->version), request);
}

Result<http::Response> change_environment(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  auto reason = query->reason();
  if (!reason) return reason.error();
  std::uint64_t current = 0;
  const auto by = actor_of(context, caller, *std::move(reason));
  auto answer = revise(context, caller, by, Once(), [&](app::Revision& revision) -> Result<http::Response> {
    const auto settings =
        app::environment_settings(context.service, caller.environment, revision.agreed().config_version);
    if (!settings) return settings.error();
    current = settings->version;
    if (auto seen = check_seen(request, current); !seen) return seen.error();
    auto wanted = codec::read_environment_change(request.body, *settings);
    if (!wanted) return wanted.error();
    const auto changed = app::change_environment(revision, std::move(*wanted));
    return document(codec::write_environment(changed), changed.version);
  });
  if (answer || answer.error().code != ErrorCode::precondition) return answer;
  auto stale = problem(answer.error(), request.request_id);
  stale.headers.emplace_back("ETag", etag_of(current));
  return stale;
}

}  // namespace touchstone::api
