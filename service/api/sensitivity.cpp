#include <string>

#include "service/api/handlers.hpp"
#include "service/api/lookback_state.hpp"
#include "service/api/query.hpp"
#include "service/codec/report_rows.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

namespace {

using app::Sensitivity;
using codec::JsonWriter;

void write_baseline(JsonWriter& out, const std::optional<stats::Baseline>& baseline) {
  out.key("baseline");
  if (!baseline) {
    out.null();
    return;
  }
  out.begin_object().key("kind").text(baseline->conversions ? "rate" : "mean").key("mean").number(baseline->mean);
  out.key("variance").number(baseline->variance).key("answering").number(baseline->answering).end_object();
}

void write_changes(JsonWriter& out, const Sensitivity& of) {
  out.key("changes").begin_array();
  for (const auto& change : of.changes) {
    out.begin_object().key("relative").number(change.relative);
    codec::write_number(out, "units", change.units);
    codec::write_number(out, "days", change.days);
    codec::write_number(out, "days_fastest", change.days_fastest);
    codec::write_number(out, "days_slowest", change.days_slowest);
    out.end_object();
  }
  out.end_array().key("within").begin_array();
  for (const auto& within : of.within) {
    out.begin_object().key("days").integer(within.days);
    codec::write_number(out, "relative", within.relative);
    out.end_object();
  }
  out.end_array();
}

void write_days(JsonWriter& out, const judge::MetricHistory& history) {
  constexpr std::size_t date = 10;
  out.key("days").begin_array();
  for (const auto& day : history.days) {
    out.begin_object().key("day").text(codec::time_text(day.day).substr(0, date)).key("units").natural(day.units);
    codec::write_number(out, "value", day.value);
    out.end_object();
  }
  out.end_array();
}

void write_sensitivity(JsonWriter& out, const Sensitivity& of) {
  const auto& history = of.history;
  out.begin_object().key("metric").text(history.metric).key("version").natural(history.version);
  out.key("status").text(history.status).key("units").natural(history.units);
  write_baseline(out, history.baseline);
  write_changes(out, of);
  write_days(out, history);
  out.end_object();
}

}  // namespace

/// Of one metric where the path names it, else of all.
Result<http::Response> show_sensitivity(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const bool one = !request.path_params[0].empty();
  if (one && !context.service.agreed(caller.environment)->metrics.contains(request.path_params[0]))
    return app::no_such("metric", request.path_params[0]);
  const auto answer = context.lookback->ask(caller.environment);
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_state(out, answer);
  out.key("items").begin_array();
  if (answer.findings)
    for (const auto& [key, of] : answer.findings->sensitivities)
      if (!one || key == request.path_params[0]) write_sensitivity(out, of);
  out.end_array().end_object();
  return json(std::move(text));
}

}  // namespace touchstone::api
