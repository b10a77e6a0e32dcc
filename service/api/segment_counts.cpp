#include <string>

#include "service/api/handlers.hpp"
#include "service/api/lookback_state.hpp"
#include "service/api/query.hpp"
#include "service/app/segment_count.hpp"
#include "service/codec/counted_condition.hpp"

namespace touchstone::api {

namespace {

void write_count(codec::JsonWriter& out, const app::SegmentCount& count) {
  out.begin_object().key("units").natural(count.units).key("of").natural(count.of);
  out.key("without_attributes").natural(count.without).key("sample").begin_array();
  for (const auto& unit : count.sample)
    out.begin_object().key("pseudonym").text(unit.pseudonym).key("attributes").raw(unit.attributes).end_object();
  out.end_array().end_object();
}

Result<http::Response> counted(Context& context, const fast::Caller& caller, const assign::Condition& condition,
                               std::string_view pointer) {
  if (auto known = assign::check(condition, app::segments_of(*context.service.agreed(caller.environment)), pointer);
      !known)
    return known.error();
  const auto answer = context.lookback->ask(caller.environment);
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object();
  write_state(out, answer);
  out.key("count");
  if (answer.findings) {
    const auto count = app::count_units(context.service, caller.environment, *answer.findings, condition, pointer);
    if (!count) return count.error();
    write_count(out, *count);
  } else {
    out.null();
  }
  out.end_object();
  return json(std::move(text));
}

}  // namespace

Result<http::Response> show_segment_count(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto key = request.path_params[0];
  if (!context.service.agreed(caller.environment)->segments.contains(key)) return app::no_such("segment", key);
  return counted(context, caller, assign::in_segment(std::string(key)), "");
}

Result<http::Response> count_condition(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto condition = codec::read_counted_condition(request.body);
  if (!condition) return condition.error();
  return counted(context, caller, *condition, "/when");
}

}  // namespace touchstone::api
