#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "assign/instant.hpp"
#include "assign/snapshot.hpp"
#include "service/api/auth.hpp"
#include "service/api/call.hpp"
#include "service/api/handlers.hpp"
#include "service/app/keys.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::api {

namespace {

/// Prometheus text, one metric after the other.
class Exposition {
 public:
  template <class Value>
  void add(std::string_view name, std::string_view help, std::string_view kind, Value value) {
    describe(name, help, kind);
    sample(name, "", value);
  }
  void describe(std::string_view name, std::string_view help, std::string_view kind) {
    fmt::format_to(std::back_inserter(text_), "# HELP touchstone_{0} {1}\n# TYPE touchstone_{0} {2}\n", name, help,
                   kind);
  }
  template <class Value>
  void sample(std::string_view name, std::string_view labels, Value value) {
    fmt::format_to(std::back_inserter(text_), "touchstone_{}{} {}\n", name, labels, value);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_http(Exposition& out, const http::Counters& counters) {
  out.describe("http_requests_total", "Answers by status class.", "counter");
  for (std::size_t i = 1; i < counters.requests.size(); ++i)
    out.sample("http_requests_total", fmt::format("{{class=\"{}xx\"}}", i), counters.requests[i]);
  out.describe("http_refused_total", "Requests that the server itself refused, by reason.", "counter");
  for (std::size_t i = 0; i < http::reason_count; ++i)
    out.sample("http_refused_total", fmt::format("{{reason=\"{}\"}}", http::name(static_cast<http::Reason>(i))),
               counters.refused[i]);
  out.add("http_connections", "Open connections.", "gauge", counters.active);
  out.add("http_connections_accepted_total", "Connections accepted.", "counter", counters.accepted);
  out.add("http_connections_refused_total", "Connections refused at the limit.", "counter",
          counters.connections_refused);
  out.add("http_streams", "Open streams.", "gauge", counters.streams);
  out.add("http_failures_total", "Exceptions outside of handlers.", "counter", counters.failures);
  out.add("http_received_bytes_total", "Bytes received.", "counter", counters.bytes_in);
  out.add("http_sent_bytes_total", "Bytes sent.", "counter", counters.bytes_out);
  out.add("http_slow_queue_requests", "Requests that wait for a slow thread.", "gauge", counters.slow_queued);
}

void add_fast(Exposition& out, const Context& context) {
  const auto counts = context.lane.counts();
  out.add("evaluations_total", "Evaluation requests answered.", "counter", counts.evaluations);
  out.describe("exposures_total", "Exposures of single evaluations, by what became of them.", "counter");
  out.sample("exposures_total", "{outcome=\"queued\"}", counts.queued);
  out.sample("exposures_total", "{outcome=\"repeat\"}", counts.repeated);
  out.sample("exposures_total", "{outcome=\"dropped\"}", counts.dropped);
  if (context.exposures_lost) out.sample("exposures_total", "{outcome=\"lost\"}", context.exposures_lost());
}

void add_events(Exposition& out, app::Service& service) {
  storage::Ledger all;
  for (const auto environment : service.environments()) all += service.writer().ledger(environment);
  out.describe("events_total", "Items sent, by verdict, since the beginning.", "counter");
  out.sample("events_total", "{verdict=\"stored\"}", all.stored);
  out.sample("events_total", "{verdict=\"duplicate\"}", all.duplicate);
  out.sample("events_total", "{verdict=\"quarantined\"}", all.quarantined);
  out.sample("events_total", "{verdict=\"refused\"}", all.refused);
}

void add_verdicts(Exposition& out, std::string_view name, const std::string& whose, const storage::Ledger& counts) {
  using Count = std::pair<std::string_view, std::uint64_t>;
  for (const auto& [verdict, count] : {Count{"stored", counts.stored}, Count{"duplicate", counts.duplicate},
                                       Count{"quarantined", counts.quarantined}, Count{"refused", counts.refused}})
    out.sample(name, fmt::format("{{{},verdict=\"{}\"}}", whose, verdict), count);
}

/// Whoever shows a key that may read reports.
std::optional<fast::Caller> report_reader(const Context& context, const http::Request& request) {
  const auto caller = context.service.view().load()->keys->find(fast::shown_key(request));
  return caller && report_readers.allow(caller->kind) ? caller : std::nullopt;
}

/// Names of keys and experiments are for those who may read reports. Experiments are those that are there: whatever
/// else exposures name is only counted by key.
void add_ledger(Exposition& out, app::Service& service, std::uint32_t environment) {
  const auto sums = service.writer().ledger_sums(environment);
  const auto& tenant = service.tenant(environment);
  const auto where = fmt::format("environment=\"{}/{}\"", tenant.project, tenant.key);
  out.describe("key_events_total", "Items of your environment, by key and verdict, since the beginning.", "counter");
  if (const auto keys = app::list_keys(service, environment))
    for (const auto& key : *keys)
      if (const auto found = sums.keys().find(static_cast<std::uint32_t>(key.id)); found != sums.keys().end())
        add_verdicts(out, "key_events_total", fmt::format("{},key=\"{}\"", where, key.prefix), found->second);
  out.describe("experiment_exposures_total",
               "Exposures of your environment, by experiment and verdict, since the beginning.", "counter");
  const auto experiments =
      service.ask([&](const storage::Catalogue& catalogue) { return catalogue.documents(environment, "experiment"); });
  if (!experiments) return;
  for (const auto& experiment : *experiments)
    if (const auto found = sums.exposures().find(experiment.key); found != sums.exposures().end())
      add_verdicts(out, "experiment_exposures_total", fmt::format("{},experiment=\"{}\"", where, experiment.key),
                   found->second);
}

void add_kept(Exposition& out, const app::Service& service) {
  std::size_t all = 0;
  for (const auto environment : service.environments()) all += service.kept(environment);
  out.add("kept_variants", "Units that keep a variant, once per experiment, in memory.", "gauge", all);
}

void add_writer(Exposition& out, const storage::WriterState& state) {
  out.add("writer_queue_events", "Events that wait for the writer.", "gauge", state.queued_events);
  out.add("writer_commits_total", "Group commits.", "counter", state.commits);
  out.add("writer_merges_total", "How often small segments of the journal became one.", "counter", state.merges);
  out.add("writer_failures_total", "Failed commits.", "counter", state.failures);
  out.add("writer_healthy", "1 while commits succeed.", "gauge", state.trouble.empty() ? 1 : 0);
  out.add("journal_last_seq", "Sequence number of the last stored event.", "gauge", state.last_seq);
}

void add_start(Exposition& out, const app::Service::StartCounts& counts) {
  out.add("start_checkpoint_events", "Events that the last start took from checkpoints.", "gauge", counts.checkpoint);
  out.add("start_journal_events", "Events that the last start read from the journal.", "gauge", counts.journal);
}

/// What clients are served of what was agreed. Stale: a change is on disk that they do not have.
void add_configuration(codec::JsonWriter& out, const app::Service& service, std::uint32_t environment,
                       const assign::Snapshot& served) {
  const auto stored =
      service.ask([environment](const storage::Catalogue& catalogue) { return catalogue.config_version(environment); });
  const auto version = static_cast<std::uint64_t>(served.config_version());
  const auto age = std::chrono::floor<std::chrono::seconds>(service.now() - served.published_at());
  out.begin_object().key("environment").text(service.tenant(environment).key);
  out.key("config_version").natural(version).key("published_at").text(assign::to_text(served.published_at()));
  out.key("age_seconds").integer(std::max<std::int64_t>(0, age.count()));
  out.key("stale").boolean(!stored || *stored > version).end_object();
}

void add_configurations(codec::JsonWriter& out, const app::Service& service) {
  const auto view = service.view().load();
  out.key("configurations").begin_array();
  for (const auto environment : service.environments())
    if (const auto* served = view->snapshot(environment)) add_configuration(out, service, environment, *served);
  out.end_array();
}

}  // namespace

void show_health(Context&, const http::Request&, const fast::Caller&, http::Response& response) {
  response.body = R"({"status":"ok"})";
}

Result<http::Response> show_readiness(Context& context, const http::Request&, const fast::Caller&) {
  const auto reasons = context.service.not_ready();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("ready").boolean(reasons.empty()).key("reasons").begin_array();
  for (const auto& reason : reasons) out.text(reason);
  out.end_array();
  add_configurations(out, context.service);
  out.end_object();
  return json(std::move(text), reasons.empty() ? 200 : 503);
}

Result<http::Response> show_metrics(Context& context, const http::Request& request, const fast::Caller&) {
  Exposition out;
  out.describe("build_info", "The program.", "gauge");
  out.sample("build_info", "{version=\"" TOUCHSTONE_VERSION "\"}", 1);
  if (context.counters) add_http(out, context.counters());
  add_fast(out, context);
  add_events(out, context.service);
  if (const auto reader = report_reader(context, request)) add_ledger(out, context.service, reader->environment);
  add_kept(out, context.service);
  add_writer(out, context.service.writer().state());
  add_start(out, context.service.start_counts());
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = out.take();
  return response;
}

Result<http::Response> show_version(Context&, const http::Request&, const fast::Caller&) {
  return json(R"({"name":"touchstone","version":")" TOUCHSTONE_VERSION R"("})");
}

}  // namespace touchstone::api
