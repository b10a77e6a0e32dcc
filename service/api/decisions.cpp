#include "service/app/decisions.hpp"

#include <utility>

#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/reports.hpp"
#include "service/codec/report_json.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::api {

Result<http::Response> list_decisions(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto all = app::decisions(context.service, caller.environment, request.path_params[0]);
  if (!all) return all.error();
  return json(codec::write_decisions(*all));
}

/// The advice is the report's at this moment, so that nobody can say that it was another.
Result<http::Response> record_decision(Context& context, const http::Request& request, const fast::Caller& caller,
                                       const Once& once) {
  const auto wanted = codec::read_decision_request(request.body);
  if (!wanted) return wanted.error();
  auto report = app::make_report(context.service, caller.environment, request.path_params[0]);
  if (!report) return report.error();
  report->digest.results = codec::results_digest(*report);
  const auto names = names_of(context.service, caller.environment, request.path_params[0]);
  const app::Grounds grounds{*report, page::verdict_text(page::with_names(*report, names)).headline};
  const auto by = actor_of(context, caller, wanted->reason);
  return revise(context, caller, by, once, [&](app::Revision& revision) -> Result<http::Response> {
    const auto made = app::decide(context.service, caller.environment, revision, *wanted, grounds, by);
    if (!made) return made.error();
    return json(codec::write_decision(*made), 201);
  });
}

}  // namespace touchstone::api
