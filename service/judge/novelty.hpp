#pragma once

#include "service/judge/case.hpp"

namespace touchstone::judge {

/// Of both arms, who did something: below it, no phase says when it was done.
inline constexpr std::int64_t kFewestActive = 50;

/// The change on each day since a unit's window opened, over the units that have completed all days looked at, and its
/// trend. Slope is that of the line through the daily lifts, each with the weight of what control did on that day: it
/// is (1 + L)(R_b - R_a)/V, exactly. R is the mean day of what an arm did, sum of day y over sum of y; V the variance
/// of control's; L the lift of all days together. Where the lift is the same on every day, R is the same in both arms,
/// however steeply both fall from the first day to the last.
///
/// R is a ratio of two amounts of one unit, so its variance is that of the delta method over units: the days of a unit
/// may hang together in any way. R_b - R_a is compared within phases, by the asymptotic confidence sequence
/// (stats/effect.hpp) on the units that completed their days: so p and interval hold at all looks together.
struct AgeTrend {
  double first = stats::undefined;  ///< lift on the first day, on the line
  double last = stats::undefined;   ///< on the last
  double slope = stats::undefined;  ///< a day
  stats::Interval interval{};       ///< of the slope, at .95
  double p = stats::undefined;      ///< of a slope of 0, at any time
};
[[nodiscard]] AgeTrend age_trend(const Case& of, const Aged& aged, std::size_t variant);

/// The check of a metric: novelty where the lift fades or turns around, primacy where it grows.
[[nodiscard]] Check novelty(const Case& of, const Aged& aged);

}  // namespace touchstone::judge
