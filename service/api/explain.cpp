#include "assign/explain.hpp"

#include "service/api/handlers.hpp"
#include "service/codec/evaluate_json.hpp"
#include "service/codec/explain_json.hpp"
#include "service/fast/preview.hpp"
#include "service/fast/query.hpp"

namespace touchstone::api {

namespace {

/// The same question as to /v1/evaluate, about one flag, answered with its reasons and without an exposure.
Result<http::Response> explain(const Context& context, const fast::Caller& caller,
                               const codec::EvaluateRequest& asked) {
  if (asked.scope != codec::EvaluateRequest::Scope::one)
    return Error{ErrorCode::invalid, "which flag?", "/flag", "Name one flag: reasons are told one by one."};
  const auto view = context.service.view().load();
  const auto* snapshot = view->snapshot(caller.environment);
  if (snapshot == nullptr) return Error{ErrorCode::unavailable, "no configuration yet", "", ""};
  fast::PreviewToken preview;
  if (!asked.preview.empty())
    if (auto read = preview.read(view->preview_key, caller.environment, context.service.now(), asked.preview); !read)
      return read.error();
  const auto explanation = assign::explain(*snapshot, asked.flags.front(),
                                           asked.subject(view->memory(caller.environment), preview.forced()));
  if (explanation.decision.problem == assign::Problem::flag_not_found)
    return Error{ErrorCode::not_found, "no flag \"" + std::string(asked.flags.front()) + "\"", "/flag",
                 "Create the flag, or an experiment of this key, which makes one."};
  return json(codec::write_explanation(explanation));
}

}  // namespace

Result<http::Response> explain_query(Context& context, const http::Request& request, const fast::Caller& caller) {
  fast::QueryReader reader;
  if (const auto read = reader.read(request.query); !read) return read.error();
  return explain(context, caller, reader.request());
}

Result<http::Response> explain_body(Context& context, const http::Request& request, const fast::Caller& caller) {
  codec::EvaluateReader reader;
  if (const auto read = reader.read(request.body); !read) return read.error();
  return explain(context, caller, reader.request());
}

}  // namespace touchstone::api
