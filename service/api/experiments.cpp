#include "service/app/experiments.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/codec/move_json.hpp"

namespace touchstone::api {

namespace {

Result<http::Response> move(Context& context, const http::Request& request, const fast::Caller& caller,
                            app::Move move) {
  const auto said = codec::read_move(request.body);
  if (!said) return said.error();
  const auto key = request.path_params[0];
  auto done = context.service.change(
      caller.environment, actor_of(context, caller, said->reason),
      [&](app::Revision& revision) { return app::move_experiment(revision, key, move, said->at); });
  if (!done) return done.error();
  return answer_current<storage::Experiment>(context, caller, key, 200);
}

Status add_and_start(app::Revision& revision, storage::Experiment experiment) {
  const std::string key = experiment.key;
  if (auto added = app::add_experiment(revision, std::move(experiment)); !added) return added;
  return app::move_experiment(revision, key, app::Move::start, std::nullopt);
}

}  // namespace

/// With `?start` it runs at once, or nothing is made.
Result<http::Response> create_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  constexpr std::array<std::string_view, 1> known{"start"};
  const auto query = Query::read(request.query, known);
  if (!query) return query.error();
  return create<storage::Experiment>(context, request, caller,
                                     query->flag("start") ? add_and_start : app::add_experiment);
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

Result<http::Response> start_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return move(context, request, caller, app::Move::start);
}

Result<http::Response> pause_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return move(context, request, caller, app::Move::pause);
}

Result<http::Response> resume_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return move(context, request, caller, app::Move::resume);
}

Result<http::Response> stop_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return move(context, request, caller, app::Move::stop);
}

Result<http::Response> archive_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return move(context, request, caller, app::Move::archive);
}

}  // namespace touchstone::api
