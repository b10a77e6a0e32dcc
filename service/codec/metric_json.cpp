#include "service/codec/metric_json.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/metric_parts.hpp"
#include "service/codec/metric_words.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::Metric;
using storage::MetricKind;

bool read_window_part(const Field& field, Micros& into) {
  constexpr Micros longest = std::chrono::hours{24} * 3'653;
  const auto duration = parse_duration(field.value().text().value_or(""));
  if (!duration) return field.fail("must be a duration", "write a whole number and a unit: 90m, 36h, 14d");
  if (*duration > longest) return field.fail("is longer than 10 years", "shorten it");
  into = *duration;
  return true;
}

bool read_length(const Field& field, Micros& into) {
  if (!read_window_part(field, into)) return false;
  return into > Micros{0} || field.fail("must be longer than nothing", "leave it out for a window without end");
}

bool read_window(const Field& field, storage::Window& into) {
  ObjectReader in(field);
  in.optional("delay", into.delay, read_window_part);
  in.nullable("length", into.length, read_length);
  return in.finish();
}

bool read_covariate(const Field& field, Micros& into) {
  ObjectReader in(field);
  in.required("look_back", into, read_length);
  return in.finish();
}

void check_covariate(ObjectReader& in, const Metric& metric) {
  if (!metric.covariate) return;
  if (!may_have_covariate(metric.kind))
    in.fail("covariate", fmt::format("does not belong to a metric of kind {}", word_of(kMetricKinds, metric.kind)),
            "remove it; it belongs to proportion, count, sum, retention, lifetime_value");
  else if (!metric.window.length)
    in.fail("covariate", "needs a window with an end: without one no unit's figure is final",
            R"(add "window": {"length": "14d"})");
  else if (metric.pooled_cap)
    in.fail("covariate", "does not go with a cap by percentile", R"(give the cap as a number, such as "cap": 500)");
}

void check_property(ObjectReader& in, const Metric& metric) {
  constexpr std::array without{MetricKind::proportion, MetricKind::count,  MetricKind::retention,
                               MetricKind::churn,      MetricKind::funnel, MetricKind::duration};
  if (metric.property && std::ranges::find(without, metric.kind) != without.end())
    in.fail("property", fmt::format("a metric of kind {} has no property", word_of(kMetricKinds, metric.kind)),
            "remove it, or make the kind sum or mean");
}

void read_metric(const Field& field, Metric& metric, Source source) {
  ObjectReader in(field);
  in.fixed("key", metric.key, read_key, source);
  in.server("version", metric.version, Whole{1, UINT32_MAX}, source);
  in.optional("name", metric.name, Text{200});
  const MetricKind before = metric.kind;
  in.optional("kind", metric.kind, OneOf{kMetricKinds});
  if (metric.kind != before) metric.others.clear();
  in.needed("event", metric.event, read_event_name, source);
  in.nullable("property", metric.property, Text{128});
  in.optional("decimals", metric.decimals, Whole{0, 6});
  in.optional("window", metric.window, read_window);
  const bool directed = in.optional("direction", metric.direction, OneOf{kDirections});
  in.optional("unit", metric.unit, Text{32});
  in.nullable("stage", metric.stage, OneOf{kJourneyStages});
  if (!directed && source == Source::created && metric.kind == MetricKind::duration)
    metric.direction = storage::Direction::decrease;
  in.nullable("covariate", metric.covariate, read_covariate);
  read_metric_parts(in, metric);
  check_property(in, metric);
  check_covariate(in, metric);
  check_metric_parts(in, metric, directed);
  in.finish();
}

Result<Metric> read(std::string_view json, Metric base, Source source) {
  return read_document(json, std::move(base),
                       [source](const Field& field, Metric& metric) { read_metric(field, metric, source); });
}

}  // namespace

Result<Metric> read_new_metric(std::string_view json) { return read(json, {}, Source::created); }

Result<Metric> read_metric_change(std::string_view json, const Metric& current) {
  return read(json, current, Source::changed);
}

Result<Metric> read_stored_metric(std::string_view json) { return read(json, {}, Source::stored); }

std::string write_metric(const Metric& metric) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("key").text(metric.key).key("version").natural(metric.version).key("name").text(metric.name);
  out.key("kind").text(word_of(kMetricKinds, metric.kind)).key("event").text(metric.event);
  if (metric.property) out.key("property").text(*metric.property);
  out.key("decimals").integer(metric.decimals).key("window").begin_object();
  out.key("delay").text(duration_text(metric.window.delay));
  if (metric.window.length) out.key("length").text(duration_text(*metric.window.length));
  out.end_object().key("direction").text(word_of(kDirections, metric.direction)).key("unit").text(metric.unit);
  if (metric.stage) out.key("stage").text(word_of(kJourneyStages, *metric.stage));
  if (metric.covariate)
    out.key("covariate").begin_object().key("look_back").text(duration_text(*metric.covariate)).end_object();
  write_metric_parts(out, metric);
  out.end_object();
  return canonical_json(text).value();
}

}  // namespace touchstone::codec
