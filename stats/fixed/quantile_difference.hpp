#pragma once

#include "stats/effect.hpp"
#include "stats/fixed/quantile_arms.hpp"

/// Two arms' quantiles compared by the limits of each (MOVER: Zou and Donner 2008; ratios: Donner and Zou 2012): the
/// difference d = B - A has the lower limit d - sqrt((B - low of B)^2 + (high of A - A)^2), its upper limit the mirror
/// of that, and R solves the same for B - R A. Infinite limits stay infinite; equal amounts widen nothing and hide
/// nothing. p is that of the largest critical value at which the interval still excludes zero, so that both say the
/// same. A quantile has no variance of its own to be zero: where all events are alike its limits are that amount.
namespace touchstone::stats {

/// One look, by the t of quantile_df. `scale`: amounts per one of the metric's unit.
[[nodiscard]] Effect compare_quantiles(const QuantileArms& arms, double alpha, double scale);

/// Many looks: the confidence sequence of effect.hpp's always_valid_means on the units of now, whose critical value
/// bounds the share of events (that is a mean over units, for which it is proven; the quantile is where it crosses),
/// with the larger of the arm's own and the pooled standard error.
[[nodiscard]] Effect always_valid_quantiles(const QuantileArms& arms, const Tuning& tuning, double scale);

/// What the critical value may grow to until the interval holds zero, with the sign of the difference. The pooled
/// standard error is larger or not asked for.
enum class ShareError : bool { own, larger };
[[nodiscard]] double quantile_z(const QuantileArms& arms, ShareError by);

/// Of the two arms together.
[[nodiscard]] double quantile_df(const QuantileArms& arms);

}  // namespace touchstone::stats
