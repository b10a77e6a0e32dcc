#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/judge/persons.hpp"
#include "service/judge/study.hpp"
#include "stats/exact_sum.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

/// The units of two experiments, brought together by person. Copied first, so that a live view need not wait for it.
namespace touchstone::judge {

/// What a person met in an experiment: variant and phase of the first exposure.
struct MetUnit {
  UnitNumber person = 0;
  std::uint16_t variant = 0;
  std::uint16_t phase = 0;
};
/// Those who met one variant alone.
[[nodiscard]] std::vector<MetUnit> met_units(const Study& study);

/// Whether units may be in both: of one kind, and running at the same time at some point.
[[nodiscard]] bool may_share_units(const storage::Experiment& one, const storage::Experiment& other);

/// Stands for a unit without a figure: it has no value, is out of range, or its window has not closed.
inline constexpr std::int64_t kNoAmount = INT64_MIN;

/// The units of an experiment that count, and what they did for its goals.
struct GoalUnits {
  storage::Experiment experiment;
  std::vector<storage::Metric> goals;
  std::vector<std::string>
      goals_left_out;  ///< ratios, quantiles and caps by percentile, which sums of a part do not tell
  std::vector<MetUnit> units;
  std::vector<std::int64_t> amounts;  ///< unit by unit, one per goal, in 10^-amount_decimals; or kNoAmount
};
/// `now`: the clock of the data.
[[nodiscard]] GoalUnits goal_units(const Study& study, std::optional<Time> now);

/// Whom two experiments share, by phase and variant of both.
struct CrossedUnits {
  struct Cell {
    std::int64_t units = 0;
    std::vector<stats::Sums> sums;  ///< per goal
  };
  std::size_t strata = 0;  ///< pairs of phases
  std::size_t variants = 0;
  std::size_t other_variants = 0;
  std::vector<Cell> cells;

  [[nodiscard]] const Cell& at(std::size_t stratum, std::size_t variant, std::size_t other_variant) const {
    return cells[(stratum * variants + variant) * other_variants + other_variant];
  }
};

/// Finds the units of one experiment again in others.
class Crossing {
 public:
  explicit Crossing(const GoalUnits& own);  ///< which must outlive it

  [[nodiscard]] CrossedUnits with(const storage::Experiment& other, std::span<const MetUnit> met) const;

 private:
  const GoalUnits& own_;
  std::vector<std::uint32_t> places_;  ///< by person: the place among own_.units, from one on; 0 = it is not there
};

}  // namespace touchstone::judge
