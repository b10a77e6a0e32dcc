#pragma once

#include <span>

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// A point of the unit interval with its complement, both to full precision.
struct UnitPoint {
  double x = 0;
  double y = 1;  ///< 1 - x
};
[[nodiscard]] UnitPoint unit_point(double x) noexcept;
/// x = 1/(1 + exp(-u)).
[[nodiscard]] UnitPoint from_logit(double u) noexcept;

/// P(X <= x) for X ~ Beta(a, b), and P(X > x). log10 stays right where the value underflows.
[[nodiscard]] Tail beta_lower(double a, double b, const UnitPoint& at) noexcept;
[[nodiscard]] Tail beta_upper(double a, double b, const UnitPoint& at) noexcept;
/// The density of Beta(a, b) in the logit of x, x^a (1-x)^b / B(a,b): log-concave for all a, b > 0, with its peak at
/// the mean.
class BetaLogit {
 public:
  BetaLogit(double a, double b) noexcept;

  [[nodiscard]] double log_density(const UnitPoint& at) const noexcept;
  [[nodiscard]] double log_density(double u) const noexcept { return log_density(from_logit(u)); }
  [[nodiscard]] double peak() const noexcept;
  /// 1/sqrt(curvature) at the peak.
  [[nodiscard]] double width() const noexcept;
  /// ln P(X <= x) by continued fraction, for x below the mean, and ln P(X > x) for x above it: fast far out, and no
  /// underflow.
  [[nodiscard]] double log_lower_far(const UnitPoint& at) const noexcept;
  [[nodiscard]] double log_upper_far(const UnitPoint& at) const noexcept;
  /// The same for many points at a fraction of the time. `logs`: as many as points.
  void log_lower_far(std::span<const UnitPoint> at, std::span<double> logs) const noexcept;
  void log_upper_far(std::span<const UnitPoint> at, std::span<double> logs) const noexcept;

 private:
  double a_;
  double b_;
  double constant_;
};
/// BetaLogit's logarithm at one point.
[[nodiscard]] double beta_log_density_logit(double a, double b, const UnitPoint& at) noexcept;
/// x with P(X <= x) = q.
[[nodiscard]] double beta_quantile(double a, double b, double q) noexcept;
/// x with P(X > x) = q.
[[nodiscard]] double beta_upper_quantile(double a, double b, double q) noexcept;
/// ln B(a, b) without cancellation at large arguments.
[[nodiscard]] double log_beta(double a, double b) noexcept;

}  // namespace touchstone::stats
