#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stats/estimate.hpp"

/// From conclusions to the one verdict: a pure rule over a closed set, first match wins.
namespace touchstone::stats {

enum class Role : std::uint8_t { goal, secondary, guardrail };
enum class Direction : std::uint8_t { higher_is_better, lower_is_better };

/// What one metric says about one variant against control.
enum class Conclusion : std::uint8_t {
  unknown,        ///< not computable yet
  not_clear,      ///< goal, secondary: nothing shown
  better,         ///< goal, secondary: shown better
  worse,          ///< goal, secondary: shown worse
  no_difference,  ///< goal, secondary: any real difference is smaller than the smallest effect that matters
  safe,           ///< guardrail: harm beyond the margin is ruled out
  not_ruled_out,  ///< guardrail: neither ruled out nor shown
  harmed,         ///< guardrail: shown worse beyond its margin
};
[[nodiscard]] std::string_view name(Conclusion conclusion) noexcept;

/// The interval is of the change B - A (relative or absolute, the same scale as `smallest_effect` and `margin`).
/// A goal is better (worse) when the interval lies wholly on the good (bad) side of zero, unless it also lies inside
/// +-smallest_effect; `smallest_effect` 0 means that none was named.
[[nodiscard]] Conclusion conclude_goal(const Interval& change, Direction direction, double smallest_effect) noexcept;
/// `margin` >= 0 is the harm that is still accepted. Safe: the whole interval is better than -margin (in the good
/// direction); harmed: the whole interval is worse than -margin.
[[nodiscard]] Conclusion conclude_guardrail(const Interval& change, Direction direction, double margin) noexcept;

struct Finding {
  std::string metric;
  std::string variant;
  Role role = Role::goal;
  Conclusion conclusion = Conclusion::unknown;
  double expected_loss = undefined;  ///< of choosing this variant, goal metrics only; breaks ties between variants
};

/// A goal metric in one segment that was registered before the start.
struct SegmentFinding {
  std::string metric;
  std::string variant;
  std::string segment;
  Conclusion conclusion = Conclusion::unknown;
};

enum class Level : std::uint8_t { ok, warn, block };
[[nodiscard]] std::string_view name(Level level) noexcept;

struct Check {
  std::string code;  ///< e.g. "srm"
  Level level = Level::ok;
};

struct Evidence {
  bool data_present = false;   ///< every link of the chain exists: units were exposed and a goal was observed
  std::string missing_link;    ///< code of the missing link where not, e.g. "no_exposures"
  bool plan_complete = false;  ///< the planned end was reached
  std::vector<Check> checks;
  std::vector<Finding> findings;
  std::vector<SegmentFinding> segments;
};

enum class VerdictCode : std::uint8_t {
  do_not_trust,
  no_data,
  roll_back,
  trade_off,
  segment_split,
  ship,
  ship_with_care,
  no_difference,
  keep_running,
  inconclusive,
};
[[nodiscard]] std::string_view name(VerdictCode code) noexcept;

/// Why: a rule that fired, with what it fired on. Codes: goal_better, goal_worse, goal_not_clear, goal_no_difference,
/// guardrail_safe, guardrail_harmed, guardrail_not_ruled_out, segment_better, segment_worse, check_<code>, <missing
/// link>.
struct Reason {
  std::string code;
  std::string metric;
  std::string variant;
  std::string segment;
  friend bool operator==(const Reason&, const Reason&) = default;
};

struct VariantVerdict {
  std::string variant;
  VerdictCode code = VerdictCode::keep_running;
};

struct Verdict {
  VerdictCode code = VerdictCode::no_data;
  std::string variant;  ///< empty where the verdict is about the whole experiment
  std::vector<Reason> reasons;
  std::vector<VariantVerdict> variants;  ///< each variant alone, in the order of first appearance
};

/// Each variant is judged alone first; then ship names the passing variant with the smallest expected loss, and
/// roll_back stands only where no variant remains.
[[nodiscard]] Verdict decide(const Evidence& evidence);

}  // namespace touchstone::stats
