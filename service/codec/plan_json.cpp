#include "service/codec/plan_json.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "service/codec/metric_words.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::MetricRole;
using storage::Plan;
using storage::PlanMetric;

constexpr std::size_t kMetrics = 100;
constexpr std::size_t kSegments = 20;
constexpr Number kRelative{1e-6, 10};
constexpr Number kAlpha{1e-6, 0.5};
constexpr std::array<std::string_view, 3> kMethods = {"always-valid", "fixed-horizon", "strict"};

bool read_method_id(const Field& field, std::string& into) {
  std::size_t index = 0;
  if (!read_named(field, kMethods, index)) return false;
  into = kMethods[index];
  return true;
}

/// {metric: standard deviation of a unit's figure}.
bool read_deviations(const Field& field, std::map<std::string, double>& into) {
  return MapOf{kMetrics, Number{1e-9, 1e12}}(field, into);
}

bool read_parameters(const Field& field, storage::MethodRef& into) {
  ObjectReader in(field);
  in.optional("deviations", into.deviations, read_deviations);
  return in.finish();
}

/// Without a version the newest; without parameters none.
bool read_method(const Field& field, storage::MethodRef& into) {
  ObjectReader in(field);
  in.required("id", into.id, read_method_id);
  const std::uint32_t newest = into.id == "always-valid" ? storage::MethodRef().version : 1;
  into.version = newest;
  in.optional("version", into.version, Whole{1, newest});
  into.deviations.clear();
  if (in.optional("parameters", into, read_parameters) && !is_strict(into))
    in.fail("parameters", "belong to the method strict", "remove them");
  return in.finish();
}

/// Replaced whole: what is not said is not part of it.
bool read_horizon(const Field& field, storage::Horizon& into) {
  into = {};
  ObjectReader in(field);
  in.nullable("units", into.units, Whole{1, 1'000'000'000'000});
  in.nullable("ends_at", into.ends_at, read_time);
  if (into.units && into.ends_at) in.fail("ends_at", "both units and an end", "send one of them");
  return in.finish();
}

/// Whole minutes: the clock's own grain.
bool read_tick(const Field& field, Micros& into) {
  constexpr Micros longest = std::chrono::hours{24} * 30;
  const auto duration = parse_duration(field.value().text().value_or(""));
  if (!duration) return field.fail("must be a duration", "write a whole number and a unit: 30m, 6h, 1d");
  if (*duration % std::chrono::minutes{1} != Micros{0} || *duration <= Micros{0} || *duration > longest)
    return field.fail("must be whole minutes, from 1m to 30d", "the usual tick is a 500th of the planned time");
  into = *duration;
  return true;
}

bool read_plan_metric(const Field& field, PlanMetric& into) {
  ObjectReader in(field);
  in.required("metric", into.metric, read_key);
  in.optional("version", into.version, Whole{0, UINT32_MAX});
  in.optional("role", into.role, OneOf{kRoles});
  in.nullable("margin", into.margin, kRelative);
  if (into.margin && into.role != MetricRole::guardrail)
    in.fail("margin", "only a guardrail has a margin", "remove it, or make the role guardrail");
  return in.finish();
}

bool read_metrics(const Field& field, std::vector<PlanMetric>& into) {
  if (!ListOf{kMetrics, read_plan_metric}(field, into)) return false;
  for (auto metric = into.begin(); metric != into.end(); ++metric) {
    if (std::ranges::find(into.begin(), metric, metric->metric, &PlanMetric::metric) == metric) continue;
    const Place place{&field.place(), {}, static_cast<std::size_t>(metric - into.begin())};
    return field.inside(field.value(), place).fail("names a metric for the second time", "remove one of them");
  }
  return true;
}

void write_metric(JsonWriter& out, const PlanMetric& metric) {
  out.begin_object().key("metric").text(metric.metric).key("version").natural(metric.version);
  out.key("role").text(word_of(kRoles, metric.role));
  if (metric.margin) out.key("margin").number(*metric.margin);
  out.end_object();
}

void write_horizon(JsonWriter& out, const storage::Horizon& horizon) {
  out.key("horizon").begin_object();
  if (horizon.units) out.key("units").natural(*horizon.units);
  if (horizon.ends_at) out.key("ends_at").text(time_text(*horizon.ends_at));
  out.end_object();
}

bool read_corrections(const Field& field, storage::Corrections& into) {
  into = {};
  ObjectReader in(field);
  in.optional("goals", into.goals, OneOf{kGoalCorrections});
  in.optional("secondaries", into.secondaries, OneOf{kSecondaryCorrections});
  return in.finish();
}

/// Each belongs to one method, whichever of the two was sent.
void check_corrections(const ObjectReader& in, const Plan& plan) {
  if (plan.corrections.goals == storage::GoalCorrection::dunnett && plan.method.id != "fixed-horizon")
    in.fail("corrections", "goals by dunnett ask for one look at the end",
            R"(write "goals": "holm", or make the method fixed-horizon)");
  if (plan.corrections.secondaries == storage::SecondaryCorrection::e_benjamini_hochberg && !is_strict(plan.method))
    in.fail("corrections", "only a strict plan has e-values",
            R"(write "secondaries": "benjamini_hochberg", or make the method strict)");
}

/// A text, a number or a truth value, as an exposure carries it.
bool read_scalar(const Field& field, std::string& into) {
  const JsonView value = field.value();
  if (value.is(JsonKind::null) || value.is(JsonKind::array) || value.is(JsonKind::object))
    return field.fail("must be a text, a number or a truth value", "name one value that exposures carry");
  return AnyJson{256}(field, into);
}

bool read_segment(const Field& field, storage::PlannedSegment& into) {
  ObjectReader in(field);
  in.required("name", into.name, Text{64});
  in.required("attribute", into.attribute, Text{128});
  in.required("value", into.value, read_scalar);
  if (into.name.empty()) in.fail("name", "must not be empty", "say who they are: New customers");
  return in.finish();
}

bool read_segments(const Field& field, std::vector<storage::PlannedSegment>& into) {
  if (!ListOf{kSegments, read_segment}(field, into)) return false;
  for (auto segment = into.begin(); segment != into.end(); ++segment) {
    if (std::ranges::find(into.begin(), segment, segment->name, &storage::PlannedSegment::name) == segment) continue;
    const Place place{&field.place(), {}, static_cast<std::size_t>(segment - into.begin())};
    return field.inside(field.value(), place).fail("has the name of another segment", "give it another name");
  }
  return true;
}

void check_deviations(const ObjectReader& in, const Plan& plan) {
  for (const auto& [metric, deviation] : plan.method.deviations)
    if (std::ranges::find(plan.metrics, metric, &PlanMetric::metric) == plan.metrics.end())
      in.fail("method", "names a deviation of " + metric + ", which is no metric of the plan", "remove it");
}

}  // namespace

bool read_plan(const Field& field, Plan& into, Source source) {
  ObjectReader in(field);
  Time frozen_at = into.frozen_at.value_or(Time{});
  in.server("frozen_at", frozen_at, read_time, source);
  if (source == Source::stored && in.has("frozen_at")) into.frozen_at = frozen_at;
  in.optional("metrics", into.metrics, read_metrics);
  in.optional("alpha", into.alpha, kAlpha);
  in.optional("method", into.method, read_method);
  in.optional("horizon", into.horizon, read_horizon);
  in.nullable("tick", into.tick, read_tick);
  in.nullable("smallest_effect", into.smallest_effect, kRelative);
  in.optional("crossover", into.crossover, OneOf{kCrossovers});
  in.optional("corrections", into.corrections, read_corrections);
  in.optional("segments", into.segments, read_segments);
  check_deviations(in, into);
  check_corrections(in, into);
  return in.finish();
}

void write_method(JsonWriter& out, const storage::MethodRef& method) {
  out.key("method").begin_object().key("id").text(method.id).key("version").natural(method.version);
  if (!method.deviations.empty()) {
    out.key("parameters").begin_object().key("deviations").begin_object();
    for (const auto& [metric, deviation] : method.deviations) out.key(metric).number(deviation);
    out.end_object().end_object();
  }
  out.end_object();
}

void write_corrections(JsonWriter& out, const storage::Corrections& corrections) {
  if (corrections == storage::Corrections{}) return;
  out.key("corrections").begin_object().key("goals").text(word_of(kGoalCorrections, corrections.goals));
  out.key("secondaries").text(word_of(kSecondaryCorrections, corrections.secondaries)).end_object();
}

void write_segments(JsonWriter& out, const std::vector<storage::PlannedSegment>& segments) {
  if (segments.empty()) return;
  out.key("segments").begin_array();
  for (const auto& segment : segments) {
    out.begin_object().key("name").text(segment.name).key("attribute").text(segment.attribute);
    out.key("value").raw(segment.value).end_object();
  }
  out.end_array();
}

void write_plan(JsonWriter& out, const Plan& plan) {
  out.begin_object();
  if (plan.frozen_at) out.key("frozen_at").text(time_text(*plan.frozen_at));
  out.key("metrics").begin_array();
  for (const auto& metric : plan.metrics) write_metric(out, metric);
  out.end_array().key("alpha").number(plan.alpha);
  write_method(out, plan.method);
  write_horizon(out, plan.horizon);
  if (plan.tick) out.key("tick").text(duration_text(*plan.tick));
  if (plan.smallest_effect) out.key("smallest_effect").number(*plan.smallest_effect);
  out.key("crossover").text(word_of(kCrossovers, plan.crossover));
  write_corrections(out, plan.corrections);
  write_segments(out, plan.segments);
  out.end_object();
}

}  // namespace touchstone::codec
