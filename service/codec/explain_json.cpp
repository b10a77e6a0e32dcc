#include "service/codec/explain_json.hpp"

#include <array>
#include <variant>

#include "service/codec/evaluate_json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

using assign::AskedTest;
using assign::MadeDraw;
using assign::TriedRule;

std::string_view name_of(assign::DrawnFor purpose) {
  constexpr std::array<std::string_view, 5> names = {"layer_holdout", "layer", "holdout", "variant", "rollout"};
  return names[static_cast<std::size_t>(purpose)];
}

void write_value(JsonWriter& out, const assign::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    out.boolean(*flag);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.number(*number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    out.text(*text);
  } else {
    out.begin_array();
    for (const auto element : std::get<std::span<const std::string_view>>(value)) out.text(element);
    out.end_array();
  }
}

std::string_view subject_of(const AskedTest& test) {
  if (test.of == assign::TestOf::flag) return "flag";
  if (test.of == assign::TestOf::variant) return "variant";
  return test.op == "segment" ? "segment" : "attribute";
}

void write_test(JsonWriter& out, const AskedTest& test) {
  out.begin_object().key(subject_of(test)).text(test.name).key("operator").text(test.op).key("value");
  test.value ? write_value(out, *test.value) : static_cast<void>(out.null());
  out.key("held").boolean(test.held);
  if (!test.segment.empty()) out.key("inside").text(test.segment);
  out.end_object();
}

void write_draw(JsonWriter& out, const MadeDraw& draw) {
  out.begin_object().key("for").text(name_of(draw.purpose));
  if (!draw.under.empty()) out.key("under").text(draw.under);
  out.key("slot").natural(draw.slot).key("range");
  if (draw.range)
    out.begin_array().natural(draw.range->begin).natural(draw.range->end).end_array();
  else
    out.null();
  out.end_object();
}

void write_steps(JsonWriter& out, const std::vector<assign::dialect::Taken>& steps) {
  out.key("steps").begin_array();
  for (const auto& step : steps)
    out.begin_object().key("step").natural(step.step).key("drawn").number(step.drawn).end_object();
  out.end_array();
}

void write_experiment(JsonWriter& out, const TriedRule& rule) {
  if (rule.experiment.empty()) return;
  out.key("experiment").text(rule.experiment).key("phase").natural(rule.phase);
  if (!rule.layer.empty()) out.key("layer").text(rule.layer);
}

void write_unit(JsonWriter& out, const assign::Unit& unit) {
  out.key("unit").begin_object().key("type").text(unit.type).key("id").text(unit.id).end_object();
}

void write_met(JsonWriter& out, const assign::MetBefore& met) {
  constexpr std::array<std::string_view, 3> outcomes = {"kept", "blocked", "condition"};
  out.key("met").begin_object();
  write_unit(out, met.unit);
  out.key("belongs").boolean(met.belongs).key("variant").text(met.variant);
  out.key("outcome").text(outcomes[static_cast<std::size_t>(met.keeping)]).end_object();
}

void write_rule(JsonWriter& out, const TriedRule& rule) {
  out.begin_object().key("rule").natural(rule.number).key("cause").text(assign::name_of(rule.cause));
  write_experiment(out, rule);
  if (rule.unit) write_unit(out, *rule.unit);
  if (rule.met) write_met(out, *rule.met);
  out.key("conditions").begin_array();
  for (const auto& test : rule.tests) write_test(out, test);
  out.end_array().key("draws").begin_array();
  for (const auto& draw : rule.draws) write_draw(out, draw);
  out.end_array();
  if (!rule.steps.empty()) write_steps(out, rule.steps);
  out.end_object();
}

}  // namespace

std::string write_explanation(const assign::Explanation& explanation) {
  std::string decision;
  append_decision(decision, explanation.decision);
  std::string text;
  JsonWriter out(text);
  out.begin_object()
      .raw(decision)
      .key("config_version")
      .integer(explanation.config_version)
      .key("missing")
      .begin_array();
  for (const auto attribute : explanation.missing) out.text(attribute);
  out.end_array().key("rules").begin_array();
  for (const auto& rule : explanation.rules) write_rule(out, rule);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
