#pragma once

#include <optional>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/metric_option.hpp"
#include "service/cli/options.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::cli {

/// How the files are read as one table, where --variant says that they are tables. The experiment is --experiment or
/// the first file's name; the columns that --expect names travel with the exposures.
[[nodiscard]] Result<std::optional<codec::UnitTableLayout>> table_layout(const AnalyzeOptions& options,
                                                                         const std::vector<AskedMetric>& metrics);

}  // namespace touchstone::cli
