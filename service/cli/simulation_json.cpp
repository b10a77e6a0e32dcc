#include "service/cli/simulation_json.hpp"

#include <string_view>

#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

using codec::JsonWriter;

void write_average(JsonWriter& out, std::string_view name, const simulate::Average& figure) {
  out.key(name).begin_object().key("value").number(figure.mean).key("se").number(figure.se).end_object();
}

void write_units(JsonWriter& out, const Simulated& simulated, const simulate::Summary& summary) {
  write_average(out, "units_at_decision", summary.units);
  out.key("days_at_decision");
  if (!simulated.units_per_day) {
    out.null();
    return;
  }
  const double per_day = *simulated.units_per_day;
  out.begin_object().key("value").number(summary.units.mean / per_day);
  out.key("se").number(summary.units.se / per_day).end_object();
}

void write_verdicts(JsonWriter& out, const simulate::Summary& summary) {
  out.key("verdicts").begin_object();
  for (const auto& [verdict, courses] : summary.verdicts) out.key(verdict).natural(courses);
  out.end_object();
}

void write_trial(JsonWriter& out, const Simulated& simulated) {
  const simulate::Trial& trial = simulated.trial;
  out.key("source").text(simulated.source).key("units").natural(trial.units);
  out.key("alpha").number(trial.experiment.plan.alpha).key("method").text(trial.experiment.plan.method.id);
  out.key("phases").begin_array();
  for (const simulate::Stage& stage : trial.stages) {
    out.begin_object().key("until").number(stage.until).key("weights").begin_array();
    for (const double weight : stage.weights) out.number(weight);
    out.end_array().end_object();
  }
  out.end_array().key("metrics").begin_array();
  for (const storage::Metric& metric : trial.metrics) out.text(metric.key);
  out.end_array().key("mean").number(simulated.mean);
}

}  // namespace

std::string simulation_json(const Simulated& simulated, const SimulationResult& result) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("repetitions").natural(result.repetitions).key("seed").natural(result.seed);
  write_trial(out, simulated);
  out.key("without_change").begin_object();
  write_average(out, "false_alarms", result.same.claimed);
  write_units(out, simulated, result.same);
  write_verdicts(out, result.same);
  out.end_object().key("with_change");
  if (result.changed) {
    out.begin_object().key("difference").number(simulated.difference);
    write_average(out, "power", result.changed->found);
    write_average(out, "wrong_sign", result.changed->wrong_sign);
    write_units(out, simulated, *result.changed);
    write_verdicts(out, *result.changed);
    out.end_object();
  } else {
    out.null();
  }
  out.key("peeking");
  if (result.peeking) {
    out.begin_object().key("looks").natural(result.looks);
    write_average(out, "false_alarms", *result.peeking);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
  return text;
}

}  // namespace touchstone::cli
