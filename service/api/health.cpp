#include <array>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "service/api/handlers.hpp"
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

void add_kept(Exposition& out, const app::Service& service) {
  std::size_t all = 0;
  for (const auto environment : service.environments()) all += service.kept(environment);
  out.add("kept_variants", "Units that keep a variant, once per experiment, in memory.", "gauge", all);
}

void add_writer(Exposition& out, const storage::WriterState& state) {
  out.add("writer_queue_events", "Events that wait for the writer.", "gauge", state.queued_events);
  out.add("writer_commits_total", "Group commits.", "counter", state.commits);
  out.add("writer_failures_total", "Failed commits.", "counter", state.failures);
  out.add("writer_healthy", "1 while commits succeed.", "gauge", state.trouble.empty() ? 1 : 0);
  out.add("journal_last_seq", "Sequence number of the last stored event.", "gauge", state.last_seq);
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
  out.end_array().end_object();
  return json(std::move(text), reasons.empty() ? 200 : 503);
}

Result<http::Response> show_metrics(Context& context, const http::Request&, const fast::Caller&) {
  Exposition out;
  out.describe("build_info", "The program.", "gauge");
  out.sample("build_info", "{version=\"" TOUCHSTONE_VERSION "\"}", 1);
  if (context.counters) add_http(out, context.counters());
  add_fast(out, context);
  add_events(out, context.service);
  add_kept(out, context.service);
  add_writer(out, context.service.writer().state());
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = out.take();
  return response;
}

Result<http::Response> show_version(Context&, const http::Request&, const fast::Caller&) {
  return json(R"({"name":"touchstone","version":")" TOUCHSTONE_VERSION R"("})");
}

}  // namespace touchstone::api
