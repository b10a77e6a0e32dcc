#include "service/cli/table_layout.hpp"

#include <filesystem>
#include <string>

#include "assign/key.hpp"
#include "service/cli/option_text.hpp"

namespace touchstone::cli {
std::string key_of_file(const std::string& path) {
  const auto name = std::filesystem::path(path).filename().string();
  const auto key = codec::as_key(name.substr(0, name.find('.')));
  return key.empty() ? "experiment" : key;
}

Result<TableLayout> table_layout(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics) {
  if (options.variant.empty() && options.unit.empty()) return TableLayout{};
  if (options.variant.empty())
    return Error{ErrorCode::invalid, "--unit is for tables, and those need --variant", "",
                 "name the column of variants"};
  return table_layout_of(options, metrics);
}

Result<TableLayout> table_layout_of(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics) {
  codec::UnitTableLayout layout;
  layout.experiment = options.experiment.empty() ? key_of_file(options.files.front()) : options.experiment;
  if (!assign::valid_key(layout.experiment))
    return bad_option("--experiment", layout.experiment, "is not a key",
                      "keys are made of A-Z, a-z, 0-9, '.', '_' and '-', at most 128");
  if (!options.unit.empty()) layout.unit = options.unit;
  layout.variant = options.variant;
  for (const auto& metric : metrics) layout.metrics.push_back({metric.event, metric.key, metric.kind});
  for (const auto& text : options.expect)
    if (const auto attribute = split_first(text, '=')) layout.attributes.emplace_back(attribute->name);
  return TableLayout{layout};
}

}  // namespace touchstone::cli
