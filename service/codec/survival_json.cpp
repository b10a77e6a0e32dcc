#include "service/codec/survival_json.hpp"

#include "service/codec/json_writer.hpp"
#include "stats/status.hpp"

namespace touchstone::codec {
namespace {

void write_ends(JsonWriter& out, const stats::Interval& interval) {
  out.key("low").number(interval.low).key("high").number(interval.high);
}

void write_curve(JsonWriter& out, const judge::SurvivalArm& arm) {
  out.key("curve").begin_array();
  for (const stats::SurvivalStep& step : arm.curve) {
    out.begin_object().key("time").number(step.ending.time).key("at_risk").integer(step.ending.at_risk);
    out.key("ended").integer(step.ending.ended).key("survival").number(step.survival);
    write_ends(out, step.interval);
    out.end_object();
  }
  out.end_array();
}

void write_arm(JsonWriter& out, const std::string& variant, const judge::SurvivalArm& arm) {
  out.begin_object().key("variant").text(variant).key("customers").natural(arm.customers);
  out.key("ended").integer(arm.ended).key("median").begin_object().key("time").number(arm.median.time);
  write_ends(out, arm.median.interval);
  out.end_object();
  write_curve(out, arm);
  out.end_object();
}

void write_row(JsonWriter& out, const std::string& variant, const judge::SurvivalRow& row) {
  out.begin_object().key("variant").text(variant).key("hazard_ratio").begin_object();
  out.key("status").text(stats::name(row.hazard.status)).key("ratio").number(row.hazard.ratio);
  write_ends(out, row.hazard.interval);
  out.key("p").number(row.hazard.p).end_object().key("adjusted_p").number(row.adjusted_p);
  out.key("log_rank").begin_object().key("status").text(stats::name(row.log_rank.status));
  out.key("z").number(row.log_rank.z).key("p").number(row.log_rank.two_sided.p).end_object().end_object();
}

}  // namespace

std::string write_survival(const judge::SurvivalStudy& study, const judge::SurvivalJudgement& judgement) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("control").text(study.variants.front()).key("variants").begin_array();
  for (std::size_t v = 0; v < study.variants.size(); ++v) write_arm(out, study.variants[v], judgement.arms[v]);
  out.end_array().key("results").begin_array();
  for (const judge::SurvivalRow& row : judgement.rows) write_row(out, study.variants[row.variant], row);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
