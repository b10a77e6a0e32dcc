#pragma once

#include <string>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/load_events.hpp"
#include "service/cli/metric_option.hpp"
#include "service/cli/options.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::cli {

/// What is judged, agreed as a server would: the documents that create it there, and what reading them gives, started
/// at the first exposure.
struct Design {
  std::vector<std::string> metric_documents;  ///< bodies of POST /v1/metrics, in the plan's order
  std::string experiment_document;            ///< body of POST /v1/experiments
  storage::Experiment experiment;
  std::vector<storage::Metric> metrics;  ///< metrics[i] defines experiment.plan.metrics[i]
};

/// Makes the design from the options and from what the data say: the experiment's key where only one occurs, the
/// variants where no split names them. not_found: an experiment or control that does not occur.
[[nodiscard]] Result<Design> design(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics,
                                    const LoadedEvents& loaded);

/// {"metrics": [...], "experiment": {...}, "start": {"at": ...}}: sent to a server in this order they make it judge the
/// same events with the same result.
[[nodiscard]] std::string setup_document(const Design& design);

}  // namespace touchstone::cli
