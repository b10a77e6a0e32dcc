#include "service/codec/totals_json.hpp"

#include <string_view>

#include "service/codec/json_writer.hpp"
#include "stats/status.hpp"

namespace touchstone::codec {
namespace {

void write(JsonWriter& out, const stats::Estimate& estimate) {
  out.begin_object().key("status").text(stats::name(estimate.status)).key("estimate").number(estimate.estimate);
  out.key("low").number(estimate.interval.low).key("high").number(estimate.interval.high);
  out.key("p").number(estimate.p).end_object();
}

void write(JsonWriter& out, const stats::Effect& effect) {
  out.key("absolute");
  write(out, effect.absolute);
  out.key("relative");
  write(out, effect.relative);
}

void write_always_valid(JsonWriter& out, const judge::TotalsRow& row) {
  out.key("always_valid").begin_object();
  write(out, row.always_valid);
  out.key("adjusted_p").number(row.adjusted_p);
  if (row.declared)
    out.key("declared_at").number(*row.declared).key("sign").integer(row.sign).key("reversed").boolean(row.reversed);
  out.end_object();
}

void write_row(JsonWriter& out, const judge::TotalsStream& stream, const judge::TotalsJudgement& judgement,
               const judge::TotalsRow& row) {
  const judge::ArmTotal& a = judgement.arms.front();
  const judge::ArmTotal& b = judgement.arms[row.variant];
  out.begin_object().key("variant").text(stream.variants[row.variant]);
  out.key("units").begin_array().integer(a.units).integer(b.units).end_array();
  out.key("mean").begin_array().number(a.mean).number(b.mean).end_array();
  write(out, row.fixed);
  write_always_valid(out, row);
  out.end_object();
}

void write_split(JsonWriter& out, const judge::TotalsStream& stream, const judge::TotalsJudgement& judgement) {
  out.key("split").begin_object().key("p").number(judgement.split.p.p);
  out.key("anytime_p").number(judgement.anytime_split_p).key("units").begin_object();
  for (std::size_t v = 0; v < stream.variants.size(); ++v) out.key(stream.variants[v]).integer(judgement.arms[v].units);
  out.end_object().end_object();
}

std::string_view name_of(judge::TotalsAlarm::What what) noexcept {
  return what == judge::TotalsAlarm::What::stood_still ? "stood_still" : "fell";
}

}  // namespace

std::string write_totals(const judge::TotalsStream& stream, const judge::TotalsJudgement& judgement) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("experiment").text(stream.experiment);
  if (!stream.metric.empty()) out.key("metric").text(stream.metric);
  out.key("control").text(stream.variants.front()).key("at").number(judgement.at);
  write_split(out, stream, judgement);
  out.key("results").begin_array();
  for (const judge::TotalsRow& row : judgement.rows) write_row(out, stream, judgement, row);
  out.end_array().key("alarms").begin_array();
  for (const judge::TotalsAlarm& alarm : judgement.alarms)
    out.begin_object()
        .key("what")
        .text(name_of(alarm.what))
        .key("variant")
        .text(stream.variants[alarm.variant])
        .key("at")
        .number(alarm.at)
        .end_object();
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
