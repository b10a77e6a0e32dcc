#include <utility>

#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/api/ofrep.hpp"
#include "service/app/ingest.hpp"
#include "service/codec/event_exposures.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/growthbook_track.hpp"
#include "service/codec/ofrep_track.hpp"

namespace touchstone::api {

namespace {

/// How a route says that nothing was stored.
using Refusal = std::function<http::Response(const Error&)>;

/// Adds the exposures that the events of a body mean as things stand.
void expose(Context& context, const fast::Caller& caller, codec::EventBody& body) {
  const auto view = context.service.view().load();
  if (const auto* snapshot = view->snapshot(caller.environment))
    codec::add_exposures(body, *snapshot, view->memory(caller.environment));
}

void store(Context& context, const fast::Caller& caller, codec::EventBody body, const Refusal& refusal,
           const http::Reply& reply) {
  auto taken = app::ingest(context.service, caller, std::move(body), [reply, refusal](const auto& read, auto verdicts) {
    reply(verdicts ? json(codec::write_verdicts(read, *verdicts)) : refusal(verdicts.error()));
  });
  if (!taken) reply(refusal(taken.error()));
}

}  // namespace

void take_events(Context& context, const http::Request& request, const fast::Caller& caller, const http::Reply& reply) {
  const Refusal refusal = [id = std::string(request.request_id)](const Error& error) { return problem(error, id); };
  auto body = codec::read_events(request.body);
  if (!body) return reply(refusal(body.error()));
  expose(context, caller, *body);
  store(context, caller, std::move(*body), refusal, reply);
}

void take_ofrep_events(Context& context, const http::Request& request, const fast::Caller& caller,
                       const http::Reply& reply) {
  const Refusal refusal = [id = std::string(request.request_id)](const Error& error) {
    return ofrep_failure(error, "", id);
  };
  const auto view = context.service.view().load();
  const auto* snapshot = view->snapshot(caller.environment);
  if (snapshot == nullptr) return reply(refusal({ErrorCode::unavailable, "no configuration yet", "", ""}));
  auto body = codec::read_ofrep_track(request.body, *snapshot, view->memory(caller.environment));
  if (!body) return reply(refusal(body.error()));
  store(context, caller, std::move(*body), refusal, reply);
}

void track_growthbook(Context& context, const http::Request& request, const fast::Caller& caller,
                      const http::Reply& reply) {
  const Refusal refusal = [id = std::string(request.request_id)](const Error& error) { return problem(error, id); };
  auto body = codec::read_growthbook_track(request.body, context.service.now());
  if (!body) return reply(refusal(body.error()));
  expose(context, caller, *body);
  store(context, caller, std::move(*body), refusal, reply);
}

}  // namespace touchstone::api
