#include "service/app/portfolio.hpp"

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/portfolio_json.hpp"

namespace touchstone::api {

namespace {

Result<std::optional<storage::ExperimentState>> read_state(std::string_view word) {
  using State = std::optional<storage::ExperimentState>;
  using enum storage::ExperimentState;
  if (word.empty()) return State();
  for (const auto state : {running, paused, stopped, archived})
    if (storage::name_of(state) == word) return State(state);
  return Error{ErrorCode::invalid, "no state of an experiment that has begun", "/state",
               "Name one of running, paused, stopped, archived."};
}

Result<app::PortfolioFilter> read_filter(const http::Request& request) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto state = read_state(query->text("state"));
  if (!state) return state.error();
  const auto from = query->time("from");
  if (!from) return from.error();
  const auto before = query->time("before");
  if (!before) return before.error();
  return app::PortfolioFilter{*state,
                              std::string(query->text("owner")),
                              std::string(query->text("tag")),
                              std::string(query->text("metric")),
                              *from,
                              *before};
}

}  // namespace

Result<http::Response> show_portfolio(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto filter = read_filter(request);
  if (!filter) return filter.error();
  const auto portfolio = app::make_portfolio(context.service, context.reports, caller.environment, *filter);
  if (!portfolio) return portfolio.error();
  return json(codec::write_portfolio(*portfolio));
}

}  // namespace touchstone::api
