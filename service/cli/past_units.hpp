#pragma once

#include <vector>

#include "assign/result.hpp"
#include "service/cli/options.hpp"
#include "service/simulate/pool.hpp"
#include "storage/metric.hpp"
#include "storage/plan.hpp"

namespace touchstone::cli {

/// What the units of control did, or all units of a table that names no variants, and the metrics that say so.
struct PastUnits {
  simulate::Pool pool;
  std::vector<storage::Metric> metrics;
  storage::Plan plan;  ///< the metrics with their roles
};
[[nodiscard]] Result<PastUnits> past_units(const SimulateOptions& options);

}  // namespace touchstone::cli
