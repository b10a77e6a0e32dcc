#include "service/app/agreements.hpp"

#include "service/app/experiment_lifecycle.hpp"
#include "service/app/slot_ranges.hpp"

namespace touchstone::app {

const storage::Metric* find_metric(const Agreements& agreed, const storage::PlanMetric& planned) {
  if (planned.version == 0) {
    const auto newest = agreed.metrics.find(planned.metric);
    return newest == agreed.metrics.end() ? nullptr : &newest->second;
  }
  const auto found = agreed.metric_versions.find({planned.metric, planned.version});
  return found == agreed.metric_versions.end() ? nullptr : &found->second;
}

JudgeableExperiment judgeable(const Agreements& agreed, const storage::Experiment& experiment) {
  JudgeableExperiment result{experiment, {}};
  result.experiment.plan.metrics.clear();
  for (const auto& planned : experiment.plan.metrics) {
    const auto* metric = find_metric(agreed, planned);
    if (metric == nullptr) continue;
    result.experiment.plan.metrics.push_back(planned);
    result.experiment.plan.metrics.back().version = metric->version;
    result.metrics.push_back(*metric);
  }
  return result;
}

bool same_judgement(const JudgeableExperiment& a, const JudgeableExperiment& b) {
  return a.metrics == b.metrics && judged_alike(a.experiment, b.experiment);
}

assign::Segments segments_of(const Agreements& agreed) {
  assign::Segments segments;
  for (const auto& [key, segment] : agreed.segments) segments.emplace(key, segment.rule);
  return segments;
}

assign::SlotRanges taken_slots(const Agreements& agreed, std::string_view layer, std::string_view besides) {
  assign::SlotRanges taken;
  if (const auto found = agreed.layers.find(layer); found != agreed.layers.end()) taken = found->second.slots.holdout;
  for (const auto& [key, experiment] : agreed.experiments) {
    if (key == besides || experiment.layer != layer || !holds_slots(experiment) || experiment.phases.empty()) continue;
    for (const auto& range : planned(experiment.phases.back().entry)) taken.push_back(range);
  }
  return taken;
}

std::vector<storage::Metric> newest_metrics(const Agreements& agreed) {
  std::vector<storage::Metric> metrics;
  for (const auto& [key, metric] : agreed.metrics) metrics.push_back(metric);
  return metrics;
}

}  // namespace touchstone::app
