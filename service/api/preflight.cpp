#include "service/app/preflight.hpp"

#include <string>
#include <utility>

#include "service/api/handlers.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/report_json.hpp"

namespace touchstone::api {

namespace {

void write_check(codec::JsonWriter& out, const app::PreflightCheck& check) {
  const auto& found = check.found;
  out.begin_object().key("check").text(check.name).key("level").text(codec::name_of(found.level));
  out.key("code").text(found.code).key("detail").text(found.detail);
  if (!found.hint.empty()) out.key("hint").text(found.hint);
  if (!found.pointer.empty()) out.key("pointer").text(found.pointer);
  out.end_object();
}

}  // namespace

/// What would happen if it started now: nothing is changed.
Result<http::Response> show_preflight(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto key = request.path_params[0];
  const auto agreed = context.service.agreed(caller.environment);
  const auto found = agreed->experiments.find(key);
  if (found == agreed->experiments.end()) return app::no_such("experiment", key);
  const auto view = context.service.view().load();
  const auto checks = app::preflight(found->second, {*view->ways_asked(caller.environment)});
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("experiment").text(key).key("version").natural(found->second.version);
  out.key("level").text(codec::name_of(app::level_of(checks))).key("checks").begin_array();
  for (const auto& check : checks) write_check(out, check);
  out.end_array().end_object();
  return json(std::move(text));
}

}  // namespace touchstone::api
