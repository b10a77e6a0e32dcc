#include <string>

#include "assign/decide.hpp"
#include "assign/tables.hpp"
#include "service/codec/ofrep_flags.hpp"
#include "service/codec/ofrep_json.hpp"
#include "service/fast/expose.hpp"
#include "service/fast/fast_lane.hpp"

namespace touchstone::fast {

namespace {

using codec::OfrepCode;
using codec::OfrepFault;

void fail(http::Response& response, int status, std::string_view key, const OfrepFault& fault) {
  response.status = status;
  codec::append_ofrep_failure(std::get<std::string>(response.body), key, fault.code, fault.details);
}

void fail_for_now(http::Response& response, std::string_view key) {
  fail(response, 503, key, {OfrepCode::general, "no configuration yet"});
  response.headers.emplace_back("Retry-After", "1");
}

/// RFC 9110, section 13.1.2: weakly, any of a list, or `*`. A tag of ours is hexadecimal, so no other can contain it.
bool has(std::string_view if_none_match, std::string_view etag) noexcept {
  etag.remove_prefix(etag.find('"'));
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

void FastLane::ofrep_flag(const http::Request& request, const Caller& caller, http::Response& response) {
  Worker& worker = *workers_[request.worker];
  const View& view = *worker.view.read();
  const auto key = request.path_params[0];
  const auto* snapshot = view.snapshot(caller.environment);
  if (snapshot == nullptr) return fail_for_now(response, key);
  if (auto fault = worker.ofrep.read(request.body, snapshot->tables().unit_types))
    return fail(response, 400, key, *fault);
  worker.evaluations.add();
  view.ways_asked(caller.environment)->singly(key);
  auto decision = assign::decide(*snapshot, key, worker.ofrep.request().subject(view.memory(caller.environment)));
  if (decision.problem != assign::Problem::none)
    response.status = decision.problem == assign::Problem::flag_not_found ? 404 : 400;
  (void)expose(worker, *doorbell_, caller.environment, snapshot->config_version(), decision);
  codec::append_ofrep_flag(std::get<std::string>(response.body), *snapshot, decision,
                           codec::config_state(*snapshot, now()));
}

void FastLane::ofrep_flags(const http::Request& request, const Caller& caller, http::Response& response) {
  Worker& worker = *workers_[request.worker];
  const View& view = *worker.view.read();
  const auto* snapshot = view.snapshot(caller.environment);
  if (snapshot == nullptr) return fail_for_now(response, "");
  if (auto fault = worker.ofrep.read(request.body, snapshot->tables().unit_types))
    return fail(response, 400, "", *fault);
  worker.evaluations.add();
  view.ways_asked(caller.environment)->all_in_bulk();
  auto& out = std::get<std::string>(response.body);
  codec::OfrepFlags flags(out, worker.said_of(caller.environment, view.snapshots[caller.environment]));
  const auto subject = worker.ofrep.request().subject(view.memory(caller.environment));
  for (std::uint32_t i = 0; i < snapshot->flag_count(); ++i)
    flags.add(assign::FlagId{i}, assign::decide(*snapshot, assign::FlagId{i}, subject));
  auto etag = flags.etag();
  if (has(request.if_none_match, etag)) {
    response.status = 304;
    out.clear();
  } else {
    const auto at = now();
    flags.finish(codec::config_state(*snapshot, at), worker.streams.find(view.stream_key, caller.environment, at));
  }
  response.headers.emplace_back("ETag", std::move(etag));
}

}  // namespace touchstone::fast
