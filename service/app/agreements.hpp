#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/condition.hpp"
#include "assign/slots.hpp"
#include "service/judge/judged.hpp"
#include "storage/experiment.hpp"
#include "storage/flag.hpp"
#include "storage/layer.hpp"
#include "storage/metric.hpp"
#include "storage/segment_rule.hpp"
#include "storage/time.hpp"

namespace touchstone::app {

template <class T>
using Keyed = std::map<std::string, T, std::less<>>;

/// What was agreed in one environment, as typed values. Immutable once published and replaced whole by each change, so
/// that whoever reads it has one consistent state for as long as they like. Never on the fast lane.
struct Agreements {
  Keyed<storage::Experiment> experiments;
  Keyed<storage::Flag> flags;
  Keyed<storage::Layer> layers;
  Keyed<storage::Metric> metrics;  ///< newest versions
  Keyed<storage::SegmentRule> segments;
  std::map<std::pair<std::string, std::uint32_t>, storage::Metric> metric_versions;  ///< all of them
  std::uint64_t config_version = 0;
  Time changed_at{};  ///< of the last change; the start of time without one
};

/// The metric of a plan: its version, or the newest where none is fixed. Null where there is none.
[[nodiscard]] const storage::Metric* find_metric(const Agreements& agreed, const storage::PlanMetric& planned);

/// One metric per entry of the plan, in its order. Entries that name nothing known are left out together with their
/// place in `experiment.plan`, so that a draft can always be looked at.
using JudgeableExperiment = judge::Judged;
[[nodiscard]] JudgeableExperiment judgeable(const Agreements& agreed, const storage::Experiment& experiment);

/// Whether a report on one is a report on the other.
[[nodiscard]] bool same_judgement(const JudgeableExperiment& a, const JudgeableExperiment& b);

/// All rules and lists under the names that conditions use.
[[nodiscard]] assign::Segments segments_of(const Agreements& agreed);

/// Slots of a layer that experiments other than `besides` hold, and its holdout.
[[nodiscard]] assign::SlotRanges taken_slots(const Agreements& agreed, std::string_view layer,
                                             std::string_view besides);

/// The newest metrics as a list.
[[nodiscard]] std::vector<storage::Metric> newest_metrics(const Agreements& agreed);

}  // namespace touchstone::app
