#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/judge/ages.hpp"
#include "service/judge/caps.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/dimensions.hpp"
#include "service/judge/quantile_events.hpp"
#include "service/judge/report.hpp"
#include "service/judge/segment_cells.hpp"
#include "service/judge/stage.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// A single unit that carries a large part of an arm's spread.
struct Outlier {
  std::size_t metric = 0;   ///< index into the plan's metrics
  std::size_t variant = 0;  ///< index into the experiment's variants
  std::string unit;         ///< id
  double value = 0;         ///< in the metric's unit
  double share = 0;         ///< of the arm's sum of squared deviations
};

class CourseMemory;
class WatchMemory;

/// What the cells do not know.
struct Facts {
  std::vector<Outlier> outliers;  ///< per metric and arm at most one: the largest, of more than kOutlierShare
  std::optional<Time> last_te;    ///< latest effective time of any event of the environment: the clock of the data
  std::shared_ptr<WatchMemory> memory = nullptr;    ///< of former reports on the same experiment; null: none
  Dimensions dimensions{};                          ///< what units carried when they entered
  std::vector<Capped> caps{};                       ///< of metrics with a cap by percentile; the cells are cut already
  std::vector<QuantileEvents> events{};             ///< of metrics of kind quantile
  std::vector<SegmentPart> segments{};              ///< those of the plan, in their order
  std::shared_ptr<CourseMemory> courses = nullptr;  ///< of former courses of the same experiment; null: none
  std::vector<Aged> ages{};                         ///< of metrics with a course over days
};

/// All that a report is made of, as it was at one instant. Judging it needs nothing else, however long that takes, but
/// facts.memory, which reports use, and facts.courses, which over_time() uses, are shared with the other sights of the
/// experiment: one report and one course at a time.
struct Sight {
  storage::Experiment experiment;
  std::vector<storage::Metric> metrics;  ///< `metrics[i]` defines `experiment.plan.metrics[i]`
  Cells cells;
  Facts facts;
};

/// What the report is asked as of. Both are written into the report; `until` also decides whether the plan's end was
/// reached, else the clock of the data does.
struct Asked {
  std::optional<Time> as_of;
  std::optional<Time> until;
  std::uint64_t config_version = 0;
  TellStage tell{};  ///< how far it is; may be empty
};

/// A unit is named when it alone holds more than this share of its arm's sum of squared deviations ...
inline constexpr double kOutlierShare = 0.25;
/// ... in an arm of at least this many units: in a smaller one such a share is not unusual.
inline constexpr std::int64_t kOutlierUnits = 100;

/// Cells in, report out: estimates, tests and the split check stratified by phase, checks, verdict. Its cost depends on
/// phases, ticks, variants and metrics alone. `metrics[i]` defines `experiment.plan.metrics[i]`.
///
/// The verdict follows the plan's method. always-valid 2: metrics whose window has an end by looks (looks.hpp,
/// watch.hpp), others by the confidence sequence, at any time; always-valid 1: all by the confidence sequence.
/// fixed-horizon: one look at the planned end (without a horizon: at the data's end); before it no goal is claimed, and
/// guardrails are judged by the confidence sequence. Goals x variants share alpha as the plan corrects (families.hpp):
/// what is not rejected is not clear.
[[nodiscard]] Report report(const storage::Experiment& experiment, std::span<const storage::Metric> metrics,
                            const Cells& cells, const Facts& facts, const Asked& asked);
[[nodiscard]] inline Report report(const Sight& sight, const Asked& asked) {
  return report(sight.experiment, sight.metrics, sight.cells, sight.facts, asked);
}

}  // namespace touchstone::judge
