#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/report.hpp"
#include "stats/estimate.hpp"

namespace touchstone::judge {

/// One metric x treatment: the row of the report, and the effects behind it, whose infinite ends a verdict needs.
struct Comparison {
  std::size_t metric = 0;   ///< index into the plan's metrics
  std::size_t variant = 0;  ///< index into the experiment's variants
  stats::Effect fixed;
  stats::Effect always_valid;
  Row row;
  std::optional<double> log_e{};  ///< strict: of "no change", at the last look
};

/// Units that tune the confidence sequence where the plan does not count them.
inline constexpr double kTypicalSize = 10'000;

/// An estimate as it stands in a report.
[[nodiscard]] Interval interval(const stats::Estimate& estimate);

/// The relative change of a score: twice 5 points of NPS is not a customer twice as loyal.
[[nodiscard]] stats::Estimate not_relative();

/// All rows, in the order of the plan's metrics, then of the variants; adjusted p included. A metric that is blocked by
/// its range has rows with the status out_of_range and no figures.
[[nodiscard]] std::vector<Comparison> comparisons(const Case& of);

}  // namespace touchstone::judge
