#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/options.hpp"
#include "storage/metric.hpp"
#include "storage/plan.hpp"

namespace touchstone::cli {

/// A metric as the command line words it.
struct AskedMetric {
  std::string key;
  std::string event;  ///< event name, or a table's column
  storage::MetricKind kind = storage::MetricKind::proportion;
  storage::MetricRole role = storage::MetricRole::secondary;
  std::optional<double> margin;
  storage::Direction direction = storage::Direction::increase;
  storage::Window window;
  std::string more;  ///< further members of its document, as JSON without the braces
};

/// The words of a kind and of a role, as documents and options write them.
[[nodiscard]] std::string_view name_of(storage::MetricKind kind) noexcept;
[[nodiscard]] std::string_view name_of(storage::MetricRole role) noexcept;

/// Reads --metric, --margin, --direction, --window and --define. The key of a metric is its event as a key unless one
/// is given. Where no metric is called goal, the first without a role is. Errors name the option and its text.
[[nodiscard]] Result<std::vector<AskedMetric>> asked_metrics(const AnalyzeOptions& options);

}  // namespace touchstone::cli
