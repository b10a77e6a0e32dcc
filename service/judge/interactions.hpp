#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/judge/crossed_units.hpp"
#include "service/judge/report.hpp"

/// Does another experiment on the same units change what this one does?
namespace touchstone::judge {

/// Others whose answers are told: those that share most units.
inline constexpr std::size_t kMostOthers = 20;
/// Each cell of two experiments needs so many units of a pair of phases, else the pair is left out.
inline constexpr std::int64_t kFewestCrossed = 20;
/// Rows stand out at this false discovery rate ...
inline constexpr double kInteractionRate = 0.05;
/// ... and assignments that depend on each other below this, divided by the number of others.
inline constexpr double kDependenceLimit = 0.001;

/// One goal and treatment of this experiment beside one treatment of the other. Differences are absolute, in the unit
/// of the metric; intervals are those of one look.
struct InteractionRow {
  std::string metric;
  std::uint32_t version = 0;  ///< of the metric
  std::string variant;
  std::string control;
  std::string other_variant;
  Interval without;     ///< the treatment's effect on units that met the other's control
  Interval with;        ///< and on those that met its treatment
  Interval difference;  ///< with - without
  std::optional<double> p;
  std::optional<double> p_adjusted;  ///< Benjamini-Hochberg over all rows that are told
  bool stands_out = false;

  friend bool operator==(const InteractionRow&, const InteractionRow&) = default;
};

/// Another experiment, and how much it has to do with this one.
struct OtherExperiment {
  std::string key;
  std::string control;
  std::uint64_t units = 0;     ///< that both analyse
  std::string status;          ///< of the test whether the two assignments are independent
  std::optional<double> chi2;  ///< within pairs of phases
  std::int64_t df = 0;
  std::optional<double> p;
  bool dependent = false;  ///< who got what here has to do with who got what there
  std::vector<InteractionRow> rows;

  friend bool operator==(const OtherExperiment&, const OtherExperiment&) = default;
};

struct Interactions {
  std::vector<OtherExperiment> others;  ///< by units shared, from most to fewest
  std::uint64_t left_out = 0;           ///< that share units too
  std::vector<std::string>
      goals_left_out;  ///< ratios, quantiles and caps by percentile, which sums of a part do not tell

  friend bool operator==(const Interactions&, const Interactions&) = default;
};

/// What is found, one other experiment after the other. A look at one moment: it warns of what deserves a look at both
/// experiments together, and decides nothing.
class InteractionFinder {
 public:
  explicit InteractionFinder(GoalUnits own);
  InteractionFinder(const InteractionFinder&) = delete;
  InteractionFinder& operator=(const InteractionFinder&) = delete;
  ~InteractionFinder() = default;

  void look_at(const storage::Experiment& other, std::span<const MetUnit> met);
  [[nodiscard]] Interactions found() &&;

 private:
  GoalUnits own_;
  Crossing crossing_;
  std::vector<OtherExperiment> others_;
};

}  // namespace touchstone::judge
