#include "service/app/experiments.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/plan_change.hpp"
#include "service/app/preflight.hpp"
#include "service/app/retention.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/move_json.hpp"

namespace touchstone::api {

namespace {

/// Whether no check before the start blocks it, but for those that are named.
Status cleared(const fast::View& view, const fast::Caller& caller, const app::Revision& revision, std::string_view key,
               std::span<const std::string> despite) {
  const auto experiment = revision.find<storage::Experiment>(key);
  if (!experiment) return experiment.error();
  return app::may_start(app::preflight(*experiment, {*view.ways_asked(caller.environment)}), despite);
}

/// As the history tells it.
std::string why(const codec::Move& said) {
  if (said.despite.empty()) return said.reason;
  return fmt::format("despite {}: {}", fmt::join(said.despite, ", "), said.reason);
}

Result<http::Response> move(Context& context, const http::Request& request, const fast::Caller& caller,
                            const Once& once, app::Move move) {
  const auto said = codec::read_move(request.body);
  if (!said) return said.error();
  return revise_one<storage::Experiment>(context, request, caller, actor_of(context, caller, said->reason), once,
                                         [&](app::Revision& revision, const storage::Experiment& current) {
                                           return app::move_experiment(revision, current.key, move, said->at);
                                         });
}

Result<http::Response> create_and_start(Context& context, const http::Request& request, const fast::Caller& caller,
                                        const Once& once) {
  const auto view = context.service.view().load();
  const auto add_and_start = [&](app::Revision& revision, storage::Experiment experiment) -> Status {
    const std::string key = experiment.key;
    if (auto added = app::add_experiment(revision, std::move(experiment)); !added) return added;
    if (auto clear = cleared(*view, caller, revision, key, {}); !clear) return clear;
    return app::move_experiment(revision, key, app::Move::start, std::nullopt);
  };
  return create<storage::Experiment>(context, request, caller, once, add_and_start);
}

}  // namespace

/// With `?start` it runs at once, or nothing is made.
Result<http::Response> create_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                         const Once& once) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  if (query->flag("start")) return create_and_start(context, request, caller, once);
  return create<storage::Experiment>(context, request, caller, once, app::add_experiment);
}

Result<http::Response> list_experiments(Context& context, const http::Request& request, const fast::Caller& caller) {
  return list<storage::Experiment>(context, request, caller);
}

Result<http::Response> show_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return show<storage::Experiment>(context, request, caller);
}

Result<http::Response> change_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return change<storage::Experiment>(context, request, caller, app::change_experiment);
}

/// The body of a change, answered with what it would do: nothing is changed.
Result<http::Response> plan_experiment_change(Context& context, const http::Request& request,
                                              const fast::Caller& caller) {
  const auto key = request.path_params[0];
  const auto agreed = context.service.agreed(caller.environment);
  const auto current = agreed->experiments.find(key);
  if (current == agreed->experiments.end()) return app::no_such("experiment", key);
  auto wanted = codec::read_experiment_change(request.body, current->second);
  if (!wanted) return wanted.error();
  const auto change = app::plan_change(context.service, caller.environment, std::move(*wanted));
  if (!change) return change.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("experiment").text(key).key("exposed").natural(change->exposed);
  out.key("moved").natural(change->moved).key("leaving").natural(change->leaving).key("phase");
  change->phase ? out.natural(*change->phase) : out.null();
  out.end_object();
  return json(std::move(text));
}

Result<http::Response> start_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                        const Once& once) {
  const auto said = codec::read_start(request.body);
  if (!said) return said.error();
  const auto view = context.service.view().load();
  return revise_one<storage::Experiment>(
      context, request, caller, actor_of(context, caller, why(*said)), once,
      [&](app::Revision& revision, const storage::Experiment& current) -> Status {
        if (auto legal = app::after(current, app::Move::start); !legal) return legal.error();
        if (auto clear = cleared(*view, caller, revision, current.key, said->despite); !clear) return clear;
        if (said->at)
          if (auto kept = app::check_start_kept(context.service, caller.environment, *said->at); !kept) return kept;
        return app::move_experiment(revision, current.key, app::Move::start, said->at);
      });
}

Result<http::Response> pause_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                        const Once& once) {
  return move(context, request, caller, once, app::Move::pause);
}

Result<http::Response> resume_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                         const Once& once) {
  return move(context, request, caller, once, app::Move::resume);
}

Result<http::Response> stop_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                       const Once& once) {
  return move(context, request, caller, once, app::Move::stop);
}

Result<http::Response> archive_experiment(Context& context, const http::Request& request, const fast::Caller& caller,
                                          const Once& once) {
  return move(context, request, caller, once, app::Move::archive);
}

}  // namespace touchstone::api
