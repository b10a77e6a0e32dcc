#pragma once

/// Power, stopping time and size of the always-valid defaults: a normal score process read at 500 equally spaced ticks
/// up to the horizon against the boundary of the error budget {alpha, alpha/10}, by the recursion of score_walk.hpp.
///
/// Drift is the difference over its own-variance standard error with all planned units: what z is expected to show on
/// the last day. Conversions follow this closely; values lose up to three points of power at even splits, and more
/// where a small arm must show a drop of skewed values (figures in ../README.md).
namespace touchstone::stats {

struct SequentialOperation {
  double power = 0;     ///< P(declared by the horizon, on the side of the drift)
  double wrong = 0;     ///< P(declared on the other side)
  double expected = 1;  ///< share of the plan at the declaration; the whole of it without one
  double given_up = 0;  ///< P(ended before the horizon without a declaration): for futility
};
/// About a tenth of a second.
[[nodiscard]] SequentialOperation always_valid_operation(double drift, double alpha);

/// The drift that has this power, above alpha and at most .9999; undefined elsewhere. About a tenth of a second, half a
/// second outside of the range below.
[[nodiscard]] double always_valid_drift(double power, double alpha);

/// The same to 5 parts in 10,000, at once: for alpha from 6e-7 to .2 and power from .5 to .99; undefined elsewhere.
[[nodiscard]] double always_valid_drift_near(double power, double alpha) noexcept;

}  // namespace touchstone::stats
