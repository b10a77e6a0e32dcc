#pragma once

namespace touchstone::stats {

/// How the error of an always-valid claim is spent over the planned horizon and after it. t = share of the planned
/// information (units, or variance), any blinded clock that never runs backwards; t > 1 is after the horizon.
///
/// Spent by t: (alpha - reserve) exp(-.343 (t^-.652 - 1)) up to t = 1, then alpha - reserve/t: alpha in all, for ever.
/// The constants are a fit to the calibrated normal mixture tuned to a quarter of the horizon.
struct ErrorBudget {
  double alpha = 0.05;
  double reserve = 0.005;

  [[nodiscard]] double spent_by(double t) const noexcept;
};

/// ln of the calibrated mixture's threshold for a two-sided error over `looks` equally spaced looks to the horizon,
/// with the mixture tuned to a quarter of it. Exact by recursion, which takes seconds for hundreds of looks.
[[nodiscard]] double boundary_log_threshold(double alpha, int looks);

/// The same for 500 looks at once: between errors solved exactly by chords of ln(error), which is convex, so that the
/// error is never above alpha; outside of .5 to 1e-6 by bounds. And its inverse, the error at a threshold.
[[nodiscard]] double usual_log_threshold(double alpha) noexcept;
[[nodiscard]] double usual_error(double log_threshold) noexcept;

/// The threshold after the horizon: what the reserve, a tenth of alpha, is worth (normal process, geometric looks to
/// ten horizons at alpha .05; for others in proportion to the error). Never below the threshold before.
[[nodiscard]] double log_threshold_after_horizon(const ErrorBudget& budget) noexcept;

/// The boundary b(t) = sqrt((t r + 1)/(t r) (2 c + ln(t r + 1))), r = 32.84787.
[[nodiscard]] double boundary_critical(double t, double log_threshold) noexcept;

/// The threshold c at which b(t) equals |z|: what a look's evidence amounts to.
[[nodiscard]] double boundary_evidence(double z, double t) noexcept;

}  // namespace touchstone::stats
