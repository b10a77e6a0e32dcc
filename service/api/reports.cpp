#include "service/app/reports.hpp"

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/report_signature.hpp"

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

}  // namespace touchstone::api
