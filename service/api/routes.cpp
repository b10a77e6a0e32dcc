#include "service/api/routes.hpp"

#include <string>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/observe/log.hpp"

namespace touchstone::api {

namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t KiB = 1024;
constexpr std::size_t MiB = 1024 * KiB;

// clang-format off
const std::vector<Row> kTable{
    // decisions and what happened
    {Method::get,   "/v1/evaluate",                    any_key,          0,       FastCall{evaluate_query}},
    {Method::post,  "/v1/evaluate",                    any_key,          64 * KiB, FastCall{evaluate_body}},
    {Method::post,  "/v1/events",                      any_key,          MiB,     DurableCall{take_events}},
    {Method::get,   "/v1/snapshot",                    rule_readers,     0,       SlowCall{show_snapshot}},
    // what was agreed
    {Method::get,   "/v1/experiments",                 admins,           0,       SlowCall{list_experiments}},
    {Method::post,  "/v1/experiments",                 admins,           MiB,     SlowCall{create_experiment}},
    {Method::get,   "/v1/experiments/{key}",           admins,           0,       SlowCall{show_experiment}},
    {Method::patch, "/v1/experiments/{key}",           admins,           MiB,     SlowCall{change_experiment}},
    {Method::post,  "/v1/experiments/{key}:start",     admins,           16 * KiB, SlowCall{start_experiment}},
    {Method::post,  "/v1/experiments/{key}:pause",     admins,           16 * KiB, SlowCall{pause_experiment}},
    {Method::post,  "/v1/experiments/{key}:resume",    admins,           16 * KiB, SlowCall{resume_experiment}},
    {Method::post,  "/v1/experiments/{key}:stop",      admins,           16 * KiB, SlowCall{stop_experiment}},
    {Method::post,  "/v1/experiments/{key}:archive",   admins,           16 * KiB, SlowCall{archive_experiment}},
    {Method::get,   "/v1/experiments/{key}/report",    report_readers,   0,       SlowCall{show_report}},
    {Method::get,   "/v1/flags",                       admins,           0,       SlowCall{list_flags}},
    {Method::post,  "/v1/flags",                       admins,           MiB,     SlowCall{create_flag}},
    {Method::get,   "/v1/flags/{key}",                 admins,           0,       SlowCall{show_flag}},
    {Method::patch, "/v1/flags/{key}",                 admins,           MiB,     SlowCall{change_flag}},
    {Method::get,   "/v1/layers",                      admins,           0,       SlowCall{list_layers}},
    {Method::post,  "/v1/layers",                      admins,           64 * KiB, SlowCall{create_layer}},
    {Method::get,   "/v1/layers/{key}",                admins,           0,       SlowCall{show_layer}},
    {Method::patch, "/v1/layers/{key}",                admins,           64 * KiB, SlowCall{change_layer}},
    {Method::get,   "/v1/metrics",                     admins,           0,       SlowCall{list_metrics}},
    {Method::post,  "/v1/metrics",                     admins,           64 * KiB, SlowCall{create_metric}},
    {Method::get,   "/v1/metrics/{key}",               admins,           0,       SlowCall{show_metric}},
    {Method::patch, "/v1/metrics/{key}",               admins,           64 * KiB, SlowCall{change_metric}},
    {Method::get,   "/v1/segments",                    admins,           0,       SlowCall{list_segments}},
    {Method::post,  "/v1/segments",                    admins,           16 * MiB, SlowCall{create_segment}},
    {Method::get,   "/v1/segments/{key}",              admins,           0,       SlowCall{show_segment}},
    {Method::patch, "/v1/segments/{key}",              admins,           16 * MiB, SlowCall{change_segment}},
    {Method::get,   "/v1/changes",                     admins,           0,       SlowCall{list_changes}},
    // who may
    {Method::get,   "/v1/keys",                        admins,           0,       SlowCall{list_keys}},
    {Method::post,  "/v1/keys",                        admins,           16 * KiB, SlowCall{create_key}},
    {Method::del,   "/v1/keys/{id}",                   admins,           0,       SlowCall{revoke_key}},
    {Method::post,  "/v1/setup-links",                 admins,           16 * KiB, SlowCall{create_setup_link}},
    {Method::get,   "/setup",                          anyone,           0,       SlowCall{offer_setup}},
    {Method::post,  "/setup",                          anyone,           16 * KiB, SlowCall{redeem_setup}},
    // for people
    {Method::get,   "/",                               anyone,           0,       SlowCall{show_experiments_page}},
    {Method::get,   "/experiments/{key}",              anyone,           0,       SlowCall{show_report_page}},
    {Method::get,   "/assets/style.css",               anyone,           0,       SlowCall{show_style_sheet}},
    // how it is doing
    {Method::get,   "/healthz",                        anyone,           0,       FastCall{show_health}},
    {Method::get,   "/readyz",                         anyone,           0,       SlowCall{show_readiness}},
    {Method::get,   "/metrics",                        anyone,           0,       SlowCall{show_metrics}},
    {Method::get,   "/version",                        anyone,           0,       SlowCall{show_version}},
};
// clang-format on

/// Whoever speaks over the private socket is this machine's operator.
std::optional<fast::Caller> operator_of(const Context& context, const Request& request) {
  if (!request.local) return std::nullopt;
  return fast::Caller{fast::KeyKind::admin, context.service.default_environment(), 0};
}

/// On the request's event loop.
Result<fast::Caller> admit_on_loop(Context& context, Roles roles, const Request& request) {
  if (const auto local = operator_of(context, request)) return *local;
  return authorize(roles, roles.open() ? std::nullopt : context.lane.caller(request));
}

/// On any thread.
Result<fast::Caller> admit(Context& context, Roles roles, const Request& request) {
  if (const auto local = operator_of(context, request)) return *local;
  if (roles.open()) return fast::Caller{};
  return authorize(roles, context.service.view().load()->keys->find(fast::bearer_token(request.authorization)));
}

Status check_media(const Request& request) {
  if (request.body.empty() || request.content_type.empty()) return ok();
  const auto type = request.content_type.substr(0, request.content_type.find(';'));
  if (type == "application/json" || type == "application/x-ndjson" || type == "application/ndjson") return ok();
  return Error{ErrorCode::unsupported_media, "this route reads JSON", "", "Send Content-Type: application/json."};
}

http::FastHandler guarded(Context& context, Roles roles, FastCall call) {
  return [&context, roles, call](const Request& request, Response& response) {
    const auto caller = admit_on_loop(context, roles, request);
    if (!caller) return void(response = problem(caller.error(), request.request_id));
    if (auto media = check_media(request); !media) return void(response = problem(media.error(), request.request_id));
    call(context, request, *caller, response);
  };
}

http::DurableHandler guarded(Context& context, Roles roles, DurableCall call) {
  return [&context, roles, call](const Request& request, http::Reply reply) {
    const auto caller = admit_on_loop(context, roles, request);
    if (!caller) return reply(problem(caller.error(), request.request_id));
    if (auto media = check_media(request); !media) return reply(problem(media.error(), request.request_id));
    call(context, request, *caller, std::move(reply));
  };
}

Result<Response> run(Context& context, Roles roles, SlowCall call, const Request& request) {
  const auto caller = admit(context, roles, request);
  if (!caller) return caller.error();
  if (auto media = check_media(request); !media && !roles.open()) return media.error();
  return call(context, request, *caller);
}

void tell_if_ours(const Error& error, const Request& request) {
  if (error.code != ErrorCode::internal) return;
  observe::log(observe::Level::error, "request_failed",
               {{"request_id", std::string(request.request_id)}, {"what", error.message}});
}

http::SlowHandler guarded(Context& context, Roles roles, SlowCall call) {
  return [&context, roles, call](const Request& request) {
    auto answer = run(context, roles, call, request);
    if (answer) return std::move(*answer);
    tell_if_ours(answer.error(), request);
    return problem(answer.error(), request.request_id);
  };
}

}  // namespace

std::span<const Row> table() { return kTable; }

std::vector<http::Route> routes(Context& context) {
  std::vector<http::Route> made;
  for (const auto& row : kTable) {
    http::Route route{row.method, std::string(row.pattern), row.max_body, {}};
    std::visit([&](auto call) { route.handler = guarded(context, row.roles, call); }, row.call);
    made.push_back(std::move(route));
  }
  return made;
}

}  // namespace touchstone::api
