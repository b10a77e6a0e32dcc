#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/metric_option.hpp"
#include "service/cli/options.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::cli {

using TableLayout = std::optional<codec::UnitTableLayout>;

/// How the files are read as one table, where --variant says that they are tables. The experiment is --experiment or
/// the first file's name; the columns that --expect names travel with the exposures.
[[nodiscard]] Result<TableLayout> table_layout(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics);

/// The same of files that are tables, whether or not a column says who met which variant.
[[nodiscard]] Result<TableLayout> table_layout_of(const AnalyzeOptions& options,
                                                  const std::vector<AskedMetric>& metrics);

/// A key made of a file's name: "cookie_cats" of "data/cookie_cats.csv.gz".
[[nodiscard]] std::string key_of_file(const std::string& path);

}  // namespace touchstone::cli
