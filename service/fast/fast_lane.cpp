#include "service/fast/fast_lane.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "assign/decide.hpp"
#include "service/fast/expose.hpp"
#include "service/fast/preview.hpp"

namespace touchstone::fast {

namespace {

using Scope = codec::EvaluateRequest::Scope;

Error no_such_flag(std::string_view key) {
  return Error{ErrorCode::not_found, "no flag \"" + std::string(key) + "\"", "/flag",
               "Create the flag, or an experiment of this key, which makes one."};
}

void evaluate_some(const assign::Snapshot& snapshot, const codec::EvaluateRequest& asked,
                   const assign::Subject& subject, std::string& out) {
  codec::EvaluationList list(out, codec::config_state(snapshot, now()));
  if (asked.scope == Scope::all)
    assign::decide_all(snapshot, subject, [&list](const assign::Decision& decision) { list.add(decision); });
  else
    for (const auto flag : asked.flags) list.add(assign::decide(snapshot, flag, subject));
  list.finish();
}

/// Looking at a variant by a preview link is nobody's asking.
void remember(const Asked& ways, const codec::EvaluateRequest& asked) {
  if (!asked.preview.empty()) return;
  if (asked.scope == Scope::all) return ways.all_in_bulk();
  for (const auto flag : asked.flags) asked.scope == Scope::one ? ways.singly(flag) : ways.in_bulk(flag);
}

}  // namespace

std::string_view shown_key(const http::Request& request) noexcept {
  return request.authorization.empty() ? request.api_key : bearer_token(request.authorization);
}

FastLane::FastLane(const CurrentView& view, Doorbell& doorbell, unsigned workers, Refuse refuse)
    : doorbell_(&doorbell), refuse_(std::move(refuse)) {
  for (unsigned i = 0; i < workers; ++i) workers_.push_back(std::make_unique<Worker>(view));
}

std::optional<Caller> FastLane::caller(const http::Request& request) {
  return caller(request.worker, shown_key(request));
}

std::optional<Caller> FastLane::caller(std::uint32_t worker, std::string_view key) {
  Worker& own = *workers_[worker];
  return own.keys.find(own.view.read()->keys, key);
}

void FastLane::answer(const http::Request& request, const Caller& caller, const codec::EvaluateRequest& asked,
                      http::Response& response) {
  Worker& worker = *workers_[request.worker];
  const View& view = *worker.view.read();
  const auto* snapshot = view.snapshot(caller.environment);
  if (snapshot == nullptr) return refuse_(request, {ErrorCode::unavailable, "no configuration yet", "", ""}, response);
  worker.evaluations.add();
  remember(*view.ways_asked(caller.environment), asked);
  PreviewToken preview;
  if (!asked.preview.empty())
    if (auto read = preview.read(view.preview_key, caller.environment, now(), asked.preview); !read)
      return refuse_(request, read.error(), response);
  const auto subject = asked.subject(view.memory(caller.environment), preview.forced());
  auto& out = std::get<std::string>(response.body);
  if (asked.scope != Scope::one) return evaluate_some(*snapshot, asked, subject, out);
  const auto decision = assign::decide(*snapshot, asked.flags.front(), subject);
  if (decision.problem == assign::Problem::flag_not_found)
    return refuse_(request, no_such_flag(asked.flags.front()), response);
  const auto outcome = expose(worker, *doorbell_, caller.environment, snapshot->config_version(), decision);
  codec::append_evaluation(out, decision, codec::config_state(*snapshot, now()), outcome);
}

void FastLane::evaluate_query(const http::Request& request, const Caller& caller, http::Response& response) {
  auto& reader = workers_[request.worker]->query;
  if (const auto read = reader.read(request.query); !read) return refuse_(request, read.error(), response);
  answer(request, caller, reader.request(), response);
}

void FastLane::evaluate_body(const http::Request& request, const Caller& caller, http::Response& response) {
  auto& reader = workers_[request.worker]->body;
  if (const auto read = reader.read(request.body); !read) return refuse_(request, read.error(), response);
  answer(request, caller, reader.request(), response);
}

std::size_t FastLane::exposures_waiting() const noexcept {
  std::size_t most = 0;
  for (const auto& worker : workers_) most = std::max(most, worker->exposures.waiting());
  return most;
}

FastCounts FastLane::counts() const noexcept {
  FastCounts all;
  for (const auto& worker : workers_) {
    all.evaluations += worker->evaluations.count();
    all.queued += worker->queued.count();
    all.repeated += worker->repeated.count();
    all.dropped += worker->dropped.count();
  }
  return all;
}

}  // namespace touchstone::fast
