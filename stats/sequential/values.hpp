#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/strata.hpp"

/// The always-valid default for values: the two keys of two_keys.hpp at each tick against the calibrated boundary.
namespace touchstone::stats {

/// The users who entered since the last tick, by arm, with third moments.
struct ValueTick {
  MeanStratum entered;
  double t = 0;           ///< share of planned information at the end of this tick: in proportion to the sum of
                          ///< nA nB/(nA + nB), in any fixed scale
  std::size_t phase = 0;  ///< ticks of one phase share their weights and make one stratum
};

/// All users so far, by phase: for figures whose values are not final before a look, such as those of ratio_values().
struct ValueLook {
  std::vector<MeanStratum> phases;
  double t = 0;  ///< as in ValueTick
};

struct ValueVerdict {
  Status status = Status::no_data;
  Side side = Side::none;       ///< of the first tick at which both keys agreed
  std::size_t decided_at = 0;   ///< that tick; the number of ticks where there is none
  double critical = undefined;  ///< boundary at the last tick
  double evidence = undefined;  ///< the largest threshold c that both keys reached so far, less the
                                ///< surcharge after the horizon; see values_anytime_p
  Interval difference;          ///< excludes 0 exactly when a side is declared; unknown before 50 users
  Interval ratio;               ///< B/A, excludes 1 likewise; unknown where a mean is not positive
  double mean_a = undefined;    ///< standardised over the phases, at the last tick
  double mean_b = undefined;
};
/// No side is declared while the smaller arm has fewer than 50 users: not for validity, but for what is shown.
[[nodiscard]] ValueVerdict judge_values(std::span<const ValueTick> ticks, const ErrorBudget& budget);

/// The same from all users at each look. For estimates that are linear in their users but for what vanishes with n, as
/// ratios are: their course is that of a mean (Deng, Knoblich, Lu 2018, section 3; checked by simulation).
[[nodiscard]] ValueVerdict judge_values(std::span<const ValueLook> looks, const ErrorBudget& budget);

/// An upper bound of the anytime p that belongs to a verdict's evidence: at most alpha exactly when a side is declared
/// (for the default errors), so that Holm over goals and variants uses the same rule.
[[nodiscard]] double values_anytime_p(double evidence, const ErrorBudget& budget) noexcept;

}  // namespace touchstone::stats
