#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/app/ingest.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::api {

void take_events(Context& context, const http::Request& request, const fast::Caller& caller, const http::Reply& reply) {
  const std::string request_id(request.request_id);
  auto body = codec::read_events(request.body);
  if (!body) return reply(problem(body.error(), request_id));
  auto taken =
      app::ingest(context.service, caller, std::move(*body), [reply, request_id](const auto& read, auto verdicts) {
        reply(verdicts ? json(codec::write_verdicts(read, *verdicts)) : problem(verdicts.error(), request_id));
      });
  if (!taken) reply(problem(taken.error(), request_id));
}

}  // namespace touchstone::api
