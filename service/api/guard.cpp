#include "service/api/guard.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "service/api/documented.hpp"
#include "service/api/errors.hpp"
#include "service/api/ofrep.hpp"
#include "service/api/query.hpp"
#include "service/api/session_cookie.hpp"
#include "service/api/sign_in.hpp"
#include "service/api/stream.hpp"
#include "service/app/sessions.hpp"
#include "service/fast/percent.hpp"
#include "service/fast/stream_token.hpp"
#include "service/observe/log.hpp"

namespace touchstone::api {

namespace {

using http::Request;
using http::Response;

/// Whoever speaks over the private socket is this machine's operator.
std::optional<fast::Caller> operator_of(const Context& context, const Request& request) {
  if (!request.local) return std::nullopt;
  return fast::Caller{fast::KeyKind::admin, context.service.default_environment(), 0};
}

std::string_view beacon_key(std::string_view query) {
  while (!query.empty())
    if (const auto [name, value] = fast::take_parameter(query); name == "client_key") return value;
  return {};
}

/// SDKs of GrowthBook show a key in their addresses, unless they are told to send a header.
std::string_view key_of(const Row& row, const Request& request) {
  const auto shown = fast::shown_key(request);
  return shown.empty() && has_key_in_path(row) ? request.path_params[0] : shown;
}

/// GrowthBook's SDKs show the key that they load rules with, too.
bool may_be_addressed(const Row& row, fast::KeyKind kind) {
  return kind == fast::KeyKind::client || (kind == fast::KeyKind::sdk && row.contract.group == "GrowthBook");
}

/// A beacon sets no headers: it may show a key in its address, but none that is a secret.
std::optional<fast::Caller> caller_of(const Context& context, const Row& row, const Request& request) {
  const auto shown = key_of(row, request);
  if (!row.beacon || !shown.empty()) return context.lane.caller(request.worker, shown);
  const auto caller = context.lane.caller(request.worker, beacon_key(request.query));
  return caller && may_be_addressed(row, caller->kind) ? caller : std::nullopt;
}

/// On the request's event loop.
Result<fast::Caller> admit_on_loop(const Context& context, const Row& row, const Request& request) {
  if (const auto local = operator_of(context, request)) return *local;
  return authorize(row.roles, row.roles.open() ? std::nullopt : caller_of(context, row, request));
}

/// A signed-in browser's own page. Pages of other origins may not set the header: browsers ask first whether they may,
/// and are never told that they may together with the cookie.
bool is_by_session(const Request& request) { return request.authorization.empty() && request.api_key == "session"; }

/// A page is looked at by whoever is signed in, and a page that listens may not set a header; anything else takes the
/// header too. Browsers give what is streamed to no other origin.
bool counts_cookie(const Row& row, const Request& request) {
  if (is_by_session(request)) return true;
  if (is_live(row)) return fast::shown_key(request).empty() && !request.cookie.empty();
  return row.roles.is_page() && request.authorization.empty() && request.api_key.empty();
}

Result<fast::Caller> admit_person(Context& context, const Row& row, const Request& request) {
  if (!is_from_here(request))
    return Error{ErrorCode::forbidden, "a page of another origin may not do this in your name", "",
                 "Do it on a page of this service."};
  const auto found = app::find_session(context.service, session_token(request.cookie));
  if (found) return authorize(row.roles, found->person);
  return Error{ErrorCode::unauthorized, "nobody is signed in", "", "Sign in at /sign-in."};
}

/// On any thread.
Result<fast::Caller> admit(Context& context, const Row& row, const Request& request) {
  if (row.roles.open()) return fast::Caller{};
  if (const auto local = operator_of(context, request)) return authorize(row.roles, *local);
  if (counts_cookie(row, request)) return admit_person(context, row, request);
  const auto view = context.service.view().load();
  return authorize(row.roles, view->keys->find(key_of(row, request)));
}

Response refusal(const Row& row, const Error& error, const Request& request) {
  return row.wording == Wording::ofrep ? ofrep_failure(error, request.path_params[0], request.request_id)
                                       : problem(error, request.request_id);
}

std::optional<Response> check_rate(fast::RateLimit& rate, const Row& row, const fast::Caller& caller,
                                   const Request& request) {
  if (caller.key == 0 || row.roles.is_page()) return std::nullopt;
  const auto wait = rate.take(caller.key);
  if (!wait) return std::nullopt;
  return row.wording == Wording::ofrep ? ofrep_too_many_requests(*wait, request.path_params[0], request.request_id)
                                       : too_many_requests(*wait, request.request_id);
}

Status check_media(const Row& row, const Request& request) {
  if (request.body.empty() || request.content_type.empty()) return ok();
  const auto type = request.content_type.substr(0, request.content_type.find(';'));
  if (type == "application/json" || type == "application/x-ndjson" || type == "application/ndjson") return ok();
  if (row.beacon && type == "text/plain") return ok();
  return Error{ErrorCode::unsupported_media, "this route reads JSON", "", "Send Content-Type: application/json."};
}

/// Attributes are parameters of any name: a route that takes them reads its query itself.
bool takes_attributes(const Row& row) {
  return std::ranges::find(row.contract.query, "attributes", &Parameter::name) != row.contract.query.end();
}

Status check_query(const Row& row, const Request& request) {
  if (takes_attributes(row)) return ok();
  std::vector<std::string_view> known;
  for (const auto& parameter : row.contract.query) known.push_back(parameter.name);
  const auto query = Query::read(request.query, known);
  return query ? ok() : Status(query.error());
}

/// What a browser shows may be asked for with whatever a link was decorated with.
Status check_request(const Row& row, const Request& request) {
  if (!takes_key(row)) return ok();
  if (auto media = check_media(row, request); !media) return media;
  return check_query(row, request);
}

Status check_key(const Request& request) {
  const auto key = request.idempotency_key;
  const auto visible = [](char c) { return c > ' ' && c <= '~'; };
  if (request.local || is_by_session(request))
    return Error{ErrorCode::invalid, "Idempotency-Key counts for an API key, and this request has none", "",
                 "Send the request over TCP with a key, or without the header."};
  if (key.size() <= Once::longest_key && std::ranges::all_of(key, visible)) return ok();
  return Error{ErrorCode::invalid, "Idempotency-Key is not 1 to 255 visible characters", "", "Send a UUID."};
}

Result<Response> call_once(Context& context, OnceCall call, const Request& request, const fast::Caller& caller) {
  if (request.idempotency_key.empty()) return call(context, request, caller, Once());
  if (auto valid = check_key(request); !valid) return valid.error();
  const Once once(request, caller);
  const Turns::Turn turn(context.turns, once.name());
  if (!turn)
    return Error{ErrorCode::conflict, "a request with this Idempotency-Key is being answered", "",
                 "Send it again when the first has its answer."};
  auto kept = once.kept(context.service);
  if (!kept) return kept.error();
  if (*kept) return **std::move(kept);
  return call(context, request, caller, once);
}

/// Whoever opened the stream is asked for again before anything is said: keys are revoked and sessions end.
http::Stream while_admitted(Context& context, const Row& row, const Request& request, http::Stream stream) {
  struct Shown {
    std::string authorization, api_key, cookie;
    bool local;
  };
  stream.feed = [&context, &row, feed = std::move(stream.feed),
                 shown = Shown{std::string(request.authorization), std::string(request.api_key),
                               std::string(request.cookie), request.local}](std::string& out) {
    Request again;
    again.authorization = shown.authorization;
    again.api_key = shown.api_key;
    again.cookie = shown.cookie;
    again.local = shown.local;
    return admit(context, row, again) && feed(out);
  };
  return stream;
}

/// The seat is given back with the stream.
Response streamed(http::Stream stream, StreamSeats::Seat seat) {
  Response response;
  response.content_type = "text/event-stream";
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  stream.feed = [seat = std::move(seat), feed = std::move(stream.feed)](std::string& out) { return feed(out); };
  response.body = std::move(stream);
  return response;
}

Result<Response> open_live(Context& context, const Row& row, const Request& request, const fast::Caller& caller) {
  auto seat = context.seats.take(caller.key);
  if (seat == nullptr) return too_many_streams(request.request_id);
  auto opened = std::get<LiveCall>(row.call).open(context, request, caller);
  if (!opened) return opened.error();
  return streamed(while_admitted(context, row, request, *std::move(opened)), std::move(seat));
}

Result<Response> run(Context& context, const Row& row, const Request& request) {
  const auto caller = admit(context, row, request);
  if (!caller && row.roles.is_page()) return closed_page(context, request, caller.error());
  if (!caller) return caller.error();
  if (auto over = check_rate(context.slow_rate, row, *caller, request)) return *std::move(over);
  if (auto fine = check_request(row, request); !fine) return fine.error();
  if (is_live(row)) return open_live(context, row, request, *caller);
  if (const auto* once = std::get_if<OnceCall>(&row.call)) return call_once(context, *once, request, *caller);
  if (const auto* hash = std::get_if<HashCall>(&row.call)) return hash->call(context, request, *caller);
  return std::get<SlowCall>(row.call)(context, request, *caller);
}

void tell_if_ours(const Error& error, const Request& request) {
  if (error.code != ErrorCode::internal) return;
  observe::log(observe::Level::error, "request_failed",
               {{"request_id", std::string(request.request_id)}, {"what", error.message}});
}

http::FastHandler on_loop(Context& context, const Row& row, FastCall call) {
  return [&context, &row, call](const Request& request, Response& response) {
    const auto caller = admit_on_loop(context, row, request);
    if (!caller) return void(response = refusal(row, caller.error(), request));
    if (auto over = check_rate(context.quick_rate, row, *caller, request)) return void(response = *std::move(over));
    if (auto media = check_media(row, request); !media) return void(response = refusal(row, media.error(), request));
    call(context, request, *caller, response);
  };
}

/// Whoever has a token is no key: all of an environment's share their seats.
fast::Caller holder_of(const fast::StreamLeave& leave) {
  return {fast::KeyKind::client, leave.environment, ~std::uint64_t{leave.environment}};
}

Result<fast::Caller> admit_listener(Context& context, const Row& row, const Request& request, std::string_view token) {
  if (token.empty()) return admit_on_loop(context, row, request);
  const auto leave =
      fast::read_stream_token(context.lane.view(request.worker).stream_key, context.service.now(), token);
  if (leave) return holder_of(*leave);
  return Error{ErrorCode::unauthorized, "this token opens no stream, or no longer", "/token",
               "Take a new one from an answer that carries one, or send Authorization: Bearer ts_..."};
}

Result<Response> open_stream(Context& context, const Row& row, const Request& request) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto token = query->text("token");
  const auto caller = admit_listener(context, row, request, token);
  if (!caller) return caller.error();
  if (auto over = check_rate(context.slow_rate, row, *caller, request)) return *std::move(over);
  if (auto known = check_query(row, request); !known) return known.error();
  auto seat = context.seats.take(caller->key);
  if (seat == nullptr) return too_many_streams(request.request_id);
  auto opened = std::get<StreamCall>(row.call)(context, request, *caller);
  if (!opened) return opened.error();
  const bool by_key = token.empty() && caller->key != 0;
  return streamed(by_key ? while_valid(context, request, key_of(row, request), *std::move(opened)) : *std::move(opened),
                  std::move(seat));
}

http::FastHandler as_stream(Context& context, const Row& row) {
  return [&context, &row](const Request& request, Response& response) {
    auto opened = open_stream(context, row, request);
    response = opened ? *std::move(opened) : problem(opened.error(), request.request_id);
  };
}

http::DurableHandler after_commit(Context& context, const Row& row, DurableCall call) {
  return [&context, &row, call](const Request& request, const http::Reply& reply) {
    const auto caller = admit_on_loop(context, row, request);
    if (!caller) return reply(refusal(row, caller.error(), request));
    if (auto over = check_rate(context.quick_rate, row, *caller, request)) return reply(*std::move(over));
    if (auto media = check_media(row, request); !media) return reply(refusal(row, media.error(), request));
    call(context, request, *caller, reply);
  };
}

Response answered(Context& context, const Row& row, const Request& request) {
  auto answer = run(context, row, request);
  if (answer) return std::move(*answer);
  tell_if_ours(answer.error(), request);
  return problem(answer.error(), request.request_id);
}

http::SlowHandler in_pool(Context& context, const Row& row) {
  return [&context, &row](const Request& request) { return answered(context, row, request); };
}

Response answered_in_any_case(Context& context, const Row& row, const Request& request) {
  try {
    return answered(context, row, request);
  } catch (const std::exception& failure) {
    const Error error{ErrorCode::internal, failure.what(), "", ""};
    tell_if_ours(error, request);
    return problem(error, request.request_id);
  }
}

/// The connection waits for its answer, and what the request points at with it.
http::DurableHandler on_hashing_thread(Context& context, const Row& row) {
  return [&context, &row](const Request& request, const http::Reply& reply) {
    const auto work = [&context, &row, request, reply] { reply(answered_in_any_case(context, row, request)); };
    if (!context.hashing.post(work))
      reply(problem({ErrorCode::unavailable, "too many passwords wait to be checked", "", "Try again in a moment."},
                    request.request_id));
  };
}

}  // namespace

http::Route guarded(Context& context, const Row& row) {
  http::Route route{row.method, std::string(row.pattern), row.max_body, {}};
  if (const auto* fast = std::get_if<FastCall>(&row.call)) {
    route.handler = on_loop(context, row, *fast);
  } else if (const auto* durable = std::get_if<DurableCall>(&row.call)) {
    route.handler = after_commit(context, row, *durable);
  } else if (std::holds_alternative<StreamCall>(row.call)) {
    route.handler = as_stream(context, row);
  } else if (std::holds_alternative<HashCall>(row.call)) {
    route.handler = on_hashing_thread(context, row);
  } else {
    route.handler = in_pool(context, row);
  }
  return route;
}

}  // namespace touchstone::api
