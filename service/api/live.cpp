#include "service/api/live.hpp"

#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/api/stream.hpp"
#include "service/app/revision.hpp"

namespace touchstone::api {

namespace {

/// What one listener was told; what it was too slow for is left out.
class Teller {
 public:
  Teller(std::shared_ptr<const LiveBoard::Channel> channel, std::string seen, int pause)
      : channel_(std::move(channel)), reader_(*channel_), seen_(std::move(seen)), pause_(pause) {}

  bool tell(std::string& out) {
    if (pause_ != 0) fmt::format_to(std::back_inserter(out), "retry: {}\n\n", std::exchange(pause_, 0));
    const auto& shown = *reader_.read();
    if (shown.state && shown.state != told_) tell_state(shown.state, out);
    if (shown.stage && shown.stage != stage_) tell_stage(*shown.stage, out);
    stage_ = shown.stage;
    if (!told_ || !told_->over) return true;
    out += "event: end\ndata: {}\n\n";
    return false;
  }

 private:
  void tell_state(const std::shared_ptr<const LiveState>& state, std::string& out) {
    told_ = state;
    if (std::exchange(seen_, {}) == state->id)
      out += ": nothing has changed\n\n";
    else
      fmt::format_to(std::back_inserter(out), "id: {}\nevent: {}\ndata: {}\n\n", state->id, state->event, state->text);
  }

  static void tell_stage(const judge::Stage& stage, std::string& out) {
    fmt::format_to(std::back_inserter(out), "event: stage\ndata: {{\"stage\":\"{}\",\"done\":{},\"of\":{}}}\n\n",
                   stage.name, stage.done, stage.of);
  }

  std::shared_ptr<const LiveBoard::Channel> channel_;
  LiveBoard::Channel::Reader reader_;
  std::string seen_;
  int pause_;
  std::shared_ptr<const LiveState> told_;
  std::optional<judge::Stage> stage_;
};

}  // namespace

Result<http::Stream> stream_live(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto as_of = query->time("as_of");
  if (!as_of) return as_of.error();
  const auto until = query->time("until");
  if (!until) return until.error();
  const auto key = request.path_params[0];
  if (!context.service.agreed(caller.environment)->experiments.contains(key)) return app::no_such("experiment", key);
  const bool past = *as_of || *until;
  auto& board = past ? context.past : context.live;
  const Past asked{std::string(key), {*as_of, *until}};
  auto channel = board.listen(caller.environment, past ? name_of(asked) : asked.experiment);
  if (channel == nullptr)
    return Error{ErrorCode::unavailable, "as many listen to experiments as may", "",
                 "Try again after a moment, or ask for the report from time to time instead."};
  auto teller = std::make_shared<Teller>(std::move(channel), std::string(request.last_event_id),
                                         pause_of(request, context.service.now()));
  return http::Stream{[teller](std::string& out) { return teller->tell(out); }, ":\n\n", context.heartbeat};
}

}  // namespace touchstone::api
