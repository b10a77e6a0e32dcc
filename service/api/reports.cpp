#include "service/app/reports.hpp"

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/interactions_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/report_signature.hpp"
#include "service/codec/staying_json.hpp"

namespace touchstone::api {

Result<http::Response> show_report(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto as_of = query->time("as_of");
  if (!as_of) return as_of.error();
  const auto until = query->time("until");
  if (!until) return until.error();
  const auto report = app::make_report(context.service, caller.environment, request.path_params[0], {*as_of, *until});
  if (!report) return report.error();
  auto text = codec::signed_report(codec::write_report(*report), context.service.secrets().reports);
  return json(query->flag("pretty") ? codec::pretty_json(text) : std::move(text));
}

Result<http::Response> show_interactions(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const std::string_view experiment = request.path_params[0];
  const auto found = app::make_interactions(context.service, caller.environment, experiment);
  if (!found) return found.error();
  return json(codec::write_interactions(experiment, *found));
}

Result<http::Response> show_survival(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const std::string_view experiment = request.path_params[0];
  const auto told = app::make_staying(context.service, caller.environment, experiment);
  if (!told) return told.error();
  return json(codec::write_staying(experiment, *told));
}

}  // namespace touchstone::api
