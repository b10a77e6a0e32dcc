#include "service/codec/report_json.hpp"

#include "service/codec/canonical_json.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/metric_parts.hpp"
#include "service/codec/metric_words.hpp"
#include "service/codec/plan_json.hpp"
#include "service/codec/remaining_json.hpp"
#include "service/codec/report_rows.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using judge::CheckLevel;
using judge::Report;

constexpr Word<CheckLevel> kLevels[] = {
    {CheckLevel::ok, "ok"}, {CheckLevel::warn, "warn"}, {CheckLevel::block, "block"}};

void write_time(JsonWriter& out, std::string_view key, const std::optional<Time>& time) {
  out.key(key);
  time ? out.text(time_text(*time)) : out.null();
}

void write_text(JsonWriter& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.key(key).text(text);
}

void write_plan_variants(JsonWriter& out, const std::vector<judge::PlannedVariant>& variants) {
  out.key("variants").begin_array();
  for (const auto& variant : variants) {
    out.begin_object().key("key").text(variant.key).key("weight").natural(variant.weight);
    out.key("control").boolean(variant.control).end_object();
  }
  out.end_array();
}

void write_plan_metrics(JsonWriter& out, const std::vector<judge::PlannedMetric>& metrics) {
  out.key("metrics").begin_array();
  for (const auto& metric : metrics) {
    out.begin_object().key("metric").text(metric.key).key("version").natural(metric.version);
    out.key("kind").text(word_of(kMetricKinds, metric.kind)).key("role").text(word_of(kRoles, metric.role));
    out.key("direction").text(word_of(kDirections, metric.direction)).key("unit").text(metric.unit);
    if (metric.margin) out.key("margin").number(*metric.margin);
    if (metric.score) write_score(out, *metric.score);
    if (metric.covariate)
      out.key("covariate").begin_object().key("look_back").text(duration_text(*metric.covariate)).end_object();
    if (!metric.steps.empty()) {
      out.key("steps").begin_array();
      for (const auto& step : metric.steps) out.text(step);
      out.end_array();
    }
    if (metric.quantile) out.key("quantile").number(*metric.quantile);
    write_text(out, "words", metric.words);
    write_text(out, "formula", metric.formula);
    out.end_object();
  }
  out.end_array();
}

void write_horizon(JsonWriter& out, const storage::Horizon& horizon) {
  out.key("horizon").begin_object();
  if (horizon.units) out.key("units").natural(*horizon.units);
  if (horizon.ends_at) out.key("ends_at").text(time_text(*horizon.ends_at));
  out.end_object();
}

/// When the plan was frozen is no part of what was agreed.
enum class Frozen { said, unsaid };

void write_plan(JsonWriter& out, const judge::JudgedPlan& plan, Frozen frozen) {
  out.key("plan").begin_object();
  if (frozen == Frozen::said) write_time(out, "frozen_at", plan.frozen_at);
  out.key("alpha").number(plan.alpha);
  write_method(out, plan.method);
  write_horizon(out, plan.horizon);
  if (plan.tick) out.key("tick").text(duration_text(*plan.tick));
  out.key("crossover").text(word_of(kCrossovers, plan.crossover));
  write_corrections(out, plan.corrections);
  write_segments(out, plan.segments);
  if (plan.smallest_effect) out.key("smallest_effect").number(*plan.smallest_effect);
  write_plan_variants(out, plan.variants);
  write_plan_metrics(out, plan.metrics);
  out.end_object();
}

void write_verdict(JsonWriter& out, const judge::Verdict& verdict) {
  out.key("verdict").begin_object().key("code").text(verdict.code);
  write_text(out, "variant", verdict.variant);
  out.key("reasons").begin_array();
  for (const auto& reason : verdict.reasons) {
    out.begin_object().key("code").text(reason.code);
    write_text(out, "metric", reason.metric);
    write_text(out, "variant", reason.variant);
    write_text(out, "segment", reason.segment);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_figures(JsonWriter& out, const judge::Check& check) {
  out.key("figures").begin_object();
  for (const auto& figure : check.figures) write_number(out, figure.name, figure.value);
  out.end_object().key("units").begin_array();
  for (const auto& unit : check.units)
    out.begin_object()
        .key("id")
        .text(unit.id)
        .key("variant")
        .text(unit.variant)
        .key("value")
        .number(unit.value)
        .end_object();
  out.end_array();
}

void write_checks(JsonWriter& out, std::string_view key, const std::vector<judge::Check>& checks) {
  out.key(key).begin_array();
  for (const auto& check : checks) {
    out.begin_object().key("code").text(check.code).key("level").text(name_of(check.level));
    write_text(out, "metric", check.metric);
    write_text(out, "variant", check.variant);
    write_text(out, "attribute", check.attribute);
    write_text(out, "slice", check.slice);
    write_number(out, "value", check.value);
    write_number(out, "limit", check.limit);
    out.key("status").text(check.status);
    write_figures(out, check);
    out.end_object();
  }
  out.end_array();
}

void write_counts(JsonWriter& out, const judge::Counts& counts) {
  out.key("counts").begin_object().key("units").natural(counts.units).key("exposures").natural(counts.exposures);
  out.key("repeated_exposures").natural(counts.repeated_exposures);
  out.key("crossover_units").natural(counts.crossover_units).key("contradictions").natural(counts.contradictions);
  out.key("unattributed").natural(counts.unattributed).key("variants").begin_array();
  for (const auto& variant : counts.variants) {
    out.begin_object().key("variant").text(variant.variant).key("units").natural(variant.units);
    out.key("crossover").natural(variant.crossover).key("analysed").natural(variant.analysed).end_object();
  }
  out.end_array().end_object();
}

void write_slices(JsonWriter& out, std::string_view key, const std::vector<judge::Slice>& slices) {
  out.key(key).begin_array();
  for (const auto& slice : slices) {
    out.begin_object().key("name").text(slice.name).key("results");
    write_rows(out, slice.results);
    out.end_object();
  }
  out.end_array();
}

/// The part of the report that the digest covers.
void write_findings(JsonWriter& out, const Report& report, Frozen frozen) {
  write_plan(out, report.plan, frozen);
  write_verdict(out, report.verdict);
  write_checks(out, "checks", report.checks);
  write_rows(out.key("results"), report.results);
  write_slices(out, "segments", report.segments);
  write_slices(out, "series", report.series);
}

void write_ledger(JsonWriter& out, const judge::Ledger& ledger) {
  out.key("ledger").begin_object().key("sent").natural(ledger.sent).key("stored").natural(ledger.stored);
  out.key("duplicate").natural(ledger.duplicate).key("quarantined").natural(ledger.quarantined);
  out.key("refused").natural(ledger.refused).key("unattributed").natural(ledger.unattributed).end_object();
}

void write_digest(JsonWriter& out, const Report& report) {
  out.key("digest").begin_object().key("results").text(results_digest(report));
  out.key("configuration").text(report.digest.configuration).key("events").text(report.digest.events);
  out.key("last_seq").natural(report.digest.last_seq).key("program").text(report.digest.program).end_object();
}

}  // namespace

std::string_view name_of(CheckLevel level) noexcept { return word_of(kLevels, level); }

std::string results_digest(const Report& report) {
  std::string findings;
  JsonWriter out(findings);
  out.begin_object();
  write_findings(out, report, Frozen::unsaid);
  out.end_object();
  return digest_of(canonical_json(findings).value());
}

std::string write_report(const Report& report) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("format").natural(report.format).key("experiment").text(report.experiment);
  write_time(out, "as_of", report.as_of);
  write_time(out, "until", report.until);
  write_time(out, "data_until", report.data_until);
  out.key("config_version").natural(report.config_version);
  write_findings(out, report, Frozen::said);
  write_checks(out, "trust", report.trust);
  write_counts(out, report.counts);
  write_remaining(out, report.remaining);
  write_ledger(out, report.ledger);
  write_digest(out, report);
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
