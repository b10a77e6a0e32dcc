#include <algorithm>

#include "service/api/errors.hpp"
#include "service/api/live.hpp"
#include "service/api/page.hpp"
#include "service/app/reports.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/problem_json.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/time_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::api {

namespace {

using codec::JsonWriter;

void write_number(JsonWriter& out, std::string_view name, const std::optional<double>& value) {
  out.key(name);
  value ? out.number(*value) : out.null();
}

void write_verdict(JsonWriter& out, const judge::Report& report, const page::Names& names) {
  const auto words = page::verdict_text(page::with_names(report, names));
  out.key("verdict").begin_object().key("code").text(report.verdict.code).key("headline").text(words.headline);
  out.key("sentence").text(words.sentence).end_object();
}

void write_units(JsonWriter& out, const judge::Report& report) {
  out.key("units").natural(report.counts.units).key("variants").begin_array();
  for (const auto& variant : report.counts.variants)
    out.begin_object().key("variant").text(variant.variant).key("units").natural(variant.units).end_object();
  out.end_array();
}

void write_split(JsonWriter& out, const judge::Report& report) {
  const auto srm = std::ranges::find(report.checks, "srm", &judge::Check::code);
  if (srm == report.checks.end()) return;
  out.key("split").begin_object().key("level").text(codec::name_of(srm->level));
  write_number(out, "p", srm->value);
  write_number(out, "limit", srm->limit);
  out.end_object();
}

void write_ledger(JsonWriter& out, const judge::Ledger& ledger) {
  out.key("ledger").begin_object().key("stored").natural(ledger.stored).key("duplicate").natural(ledger.duplicate);
  out.key("quarantined").natural(ledger.quarantined).key("refused").natural(ledger.refused);
  out.key("unattributed").natural(ledger.unattributed).end_object();
}

std::optional<double> days_left(const judge::Report& report) {
  return report.remaining && report.remaining->smallest ? report.remaining->smallest->days : std::nullopt;
}

/// All but the moment.
void write_members(JsonWriter& out, const storage::Experiment& experiment, const judge::Report& report,
                   const page::Names& names) {
  out.key("experiment").text(experiment.key).key("state").text(storage::name_of(experiment.state));
  out.key("version").natural(experiment.version).key("results").text(codec::results_digest(report));
  out.key("data_until");
  report.data_until ? out.text(codec::time_text(*report.data_until)) : out.null();
  write_verdict(out, report, names);
  write_units(out, report);
  write_split(out, report);
  write_number(out, "days_left", days_left(report));
  write_ledger(out, report.ledger);
}

bool is_over(storage::ExperimentState state) {
  return state == storage::ExperimentState::stopped || state == storage::ExperimentState::archived;
}

/// How old the newest event is; an event of the future is not old.
double lag(const judge::Report& report, Time at) {
  if (!report.data_until) return 0;
  return std::max(0.0, std::chrono::duration<double>(at - *report.data_until).count());
}

/// All of it. `known` is the state that it is of.
LiveState state_of(const storage::Experiment& known, const judge::Report& report, const page::Names& names, Time at) {
  LiveState state;
  JsonWriter out(state.text);
  out.begin_object();
  write_members(out, known, report, names);
  state.id = codec::digest_of(state.text);
  out.key("at").text(codec::time_text(at)).key("lag_seconds");
  report.data_until ? out.number(lag(report, at)) : out.null();
  out.end_object();
  state.over = is_over(known.state);
  return state;
}

std::string instant(const std::optional<Time>& time) { return time ? codec::time_text(*time) : std::string(); }

std::optional<Time> instant_in(std::string_view text) {
  const auto time = codec::parse_time(text);
  return time ? std::optional(*time) : std::nullopt;
}

Past past_named(std::string_view name) {
  const auto first = name.find('\n');
  const auto second = name.find('\n', first + 1);
  Past past{std::string(name.substr(0, first)), {}};
  past.terms.as_of = instant_in(name.substr(first + 1, second - first - 1));
  past.terms.until = instant_in(name.substr(second + 1));
  return past;
}

}  // namespace

Result<LiveState> live_state(app::Service& service, std::uint32_t environment, const std::string& experiment,
                             const judge::TellStage& tell) {
  const auto at = service.now();
  app::ReportTerms terms;
  terms.tell = tell;
  const auto report = app::make_report(service, environment, experiment, terms);
  if (!report) return report.error();
  const auto agreed = service.agreed(environment);
  return state_of(agreed->experiments.find(experiment)->second, *report, names_of(service, environment, experiment),
                  at);
}

std::string name_of(const Past& past) {
  return past.experiment + "\n" + instant(past.terms.as_of) + "\n" + instant(past.terms.until);
}

LiveState past_state(app::Service& service, std::uint32_t environment, const std::string& asked,
                     const judge::TellStage& tell) {
  auto past = past_named(asked);
  past.terms.tell = tell;
  const auto report = app::make_report(service, environment, past.experiment, past.terms);
  if (!report)
    return {"problem", codec::write_problem(report.error(), status_of(report.error().code), ""), true, "problem"};
  const auto agreed = service.agreed(environment);
  const auto at = past.terms.as_of ? *past.terms.as_of : *past.terms.until;
  auto state = state_of(agreed->experiments.find(past.experiment)->second, *report,
                        names_of(service, environment, past.experiment), at);
  state.over = true;
  return state;
}

LiveBoard::Version live_version(app::Service& service, std::uint32_t environment) {
  return {service.evidence(environment).version(), service.agreed(environment)->config_version,
          service.writer().ledger(environment).sent()};
}

}  // namespace touchstone::api
