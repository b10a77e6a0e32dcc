#pragma once

#include <vector>

#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// An experiment as it is judged: `metrics[i]` defines `experiment.plan.metrics[i]`.
struct Judged {
  storage::Experiment experiment;
  std::vector<storage::Metric> metrics;
};

}  // namespace touchstone::judge
