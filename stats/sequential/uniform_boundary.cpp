#include "stats/sequential/uniform_boundary.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/special_functions/zeta.hpp>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/gamma.hpp"
#include "stats/distribution/normal.hpp"
#include "stats/distribution/policy.hpp"
#include "stats/numeric/root.hpp"
#include "stats/numeric/stirling.hpp"

namespace touchstone::stats {
namespace {

double log_of(const Tail& tail) noexcept { return tail.log10_p * std::numbers::ln10; }

// Precision of the mixing normal that is tightest at v for a two-sided level.
double best_rho(double v, double alpha) noexcept {
  const double doubled_log = -2 * std::log(alpha);
  return v / (doubled_log + std::log1p(doubled_log));
}
double best_rho_one_sided(const MixtureTuning& tuning) noexcept { return best_rho(tuning.v_opt, 2 * tuning.alpha_opt); }

// The sum at which the log of a mixture, which grows with the sum, reaches ln(1/alpha).
template <class LogMixture>
double bound_of(const LogMixture& log_mixture, double alpha, double first_guess, double highest = infinity) {
  const auto gap = [&](double s) { return log_mixture(s) + std::log(alpha); };
  double high = std::min(first_guess, highest);
  while (gap(high) < 0 && high < highest) high = std::min(2 * high, highest);
  return gap(high) < 0 ? highest : bracketed_root(gap, 0.0, high, 1e-13);
}

// ln of a^a/(Gamma(a) tail(a, a)) Gamma(A) tail(A, B)/B^A exp(A - a + B - A) in the form that
// Stirling leaves it, so that nothing of the size of A cancels.
template <class GammaTail>
double log_gamma_mixture(double a, double shape, double at, const GammaTail& tail) {
  const double y = (at - shape) / shape;
  return shape * (y - std::log1p(y)) + 0.5 * std::log(a / shape) + stirling_remainder(shape) - stirling_remainder(a) +
         log_of(tail(shape, at)) - log_of(tail(a, a));
}

// ln of the beta function's part above (or, for at.x = 1, all of) a point.
double log_incomplete_beta(double a, double b, const UnitPoint& at) noexcept {
  return log_beta(a, b) + (at.y == 0 ? 0 : log_of(beta_lower(a, b, at)));
}

// Likelihood ratio of increments -g and h with mean 0 against a beta prior on the chance of h, cut off at `at`.
struct BetaMixture {
  double g;
  double h;
  double r;
  UnitPoint at;

  [[nodiscard]] double log_value(double s, double v) const noexcept {
    const double width = g + h;
    const double downs = (v / g - s) / width;
    const double ups = (v / h + s) / width;
    const double down_prior = r / (g * width);
    const double up_prior = r / (h * width);
    return (downs + ups) * std::log(width) - ups * std::log(g) - downs * std::log(h) +
           log_incomplete_beta(down_prior + downs, up_prior + ups, at) - log_incomplete_beta(down_prior, up_prior, at);
  }
};

// The prior's weight: what the best normal mixture has, less the variance that one observation brings.
double beta_weight(double rho, double g, double h) noexcept { return std::max(rho - g * h, 1e-3 * g * h); }

double epoch_sum(const Stitching& st) noexcept { return boost::math::zeta(st.s, Quiet()); }
double first_constant(const Stitching& st) noexcept {
  return (std::pow(st.eta, 0.25) + std::pow(st.eta, -0.25)) / std::numbers::sqrt2;
}
double second_constant(const Stitching& st) noexcept { return (std::sqrt(st.eta) + 1) / 2; }

double stitched(double v, double ell, double c, const Stitching& st) noexcept {
  const double linear = second_constant(st) * c * ell;
  const double k = first_constant(st);
  return std::sqrt(k * k * v * ell + linear * linear) + linear;
}

double logit(double p) noexcept { return std::log(p / (1 - p)); }

}  // namespace

double normal_mixture_bound(double v, double alpha, const MixtureTuning& tuning) noexcept {
  const double rho = best_rho(tuning.v_opt, tuning.alpha_opt);
  return std::sqrt((v + rho) * (std::log1p(v / rho) - 2 * std::log(alpha)));
}

double normal_mixture_bound_one_sided(double v, double alpha, const MixtureTuning& tuning) {
  const double rho = best_rho_one_sided(tuning);
  const auto log_mixture = [&](double s) {
    const double z = s / std::sqrt(v + rho);
    return 0.5 * std::log(4 * rho / (v + rho)) + 0.5 * z * z + normal_log_lower(z);
  };
  return bound_of(log_mixture, alpha, std::sqrt(v + rho));
}

double gamma_exponential_bound(double v, double alpha, double c, const MixtureTuning& tuning) {
  const double rho = best_rho_one_sided(tuning);
  const double shape = (v + rho) / (c * c);
  const auto log_mixture = [&](double s) {
    return log_gamma_mixture(rho / (c * c), shape, shape + s / c, gamma_lower);
  };
  return bound_of(log_mixture, alpha, std::sqrt(v + rho));
}

double gamma_poisson_bound(double v, double alpha, double c, const MixtureTuning& tuning) {
  const double rho = best_rho_one_sided(tuning);
  const double at = (v + rho) / (c * c);
  const auto log_mixture = [&](double s) { return log_gamma_mixture(rho / (c * c), at + s / c, at, gamma_upper); };
  return bound_of(log_mixture, alpha, std::sqrt(v + rho));
}

double beta_binomial_bound(double v, double alpha, double g, double h, const MixtureTuning& tuning) {
  const BetaMixture mixture{g, h, beta_weight(best_rho_one_sided(tuning), g, h), {h / (g + h), g / (g + h)}};
  return bound_of([&](double s) { return mixture.log_value(s, v); }, alpha, std::sqrt(v), v / g);
}

double stitching_bound(double v, double alpha, double v_min, const Stitching& st) noexcept {
  const double use_v = std::max(v, v_min);
  const double ell = st.s * std::log(std::log(st.eta * use_v / v_min)) +
                     std::log(epoch_sum(st) / (alpha * std::pow(std::log(st.eta), st.s)));
  return stitched(use_v, ell, st.c, st);
}

double double_stitching_bound(double p, double t, double alpha, double t_opt, double delta,
                              const Stitching& st) noexcept {
  const double use_t = std::max(t, t_opt);
  const double grid = 2 * delta * std::sqrt(t_opt * st.eta / use_t);
  const double r = p >= 0.5 ? p : std::min(0.5, from_logit(logit(p) + grid).x);
  const double variance = r * (1 - r);
  const double place = std::sqrt(use_t / t_opt) * std::abs(logit(p)) / (2 * delta) + 1;
  const double zeta = epoch_sum(st);
  const double ell = st.s * (std::log(std::log(st.eta * use_t / t_opt)) + std::log(place)) +
                     std::log(2 * zeta * (2 * zeta + 1) / (alpha * std::pow(std::log(st.eta), st.s)));
  return delta * std::sqrt(st.eta * use_t * variance / t_opt) + stitched(use_t * variance, ell, (1 - 2 * p) / 3, st);
}

Interval bernoulli_interval(double successes, std::int64_t n, double alpha, double t_opt) {
  const auto count = static_cast<double>(n);
  const double observed = successes / count;
  const auto gap = [&](double p) {
    const double variance = p * (1 - p);
    const double rho = best_rho(variance * t_opt, 0.05);
    const BetaMixture mixture{p, 1 - p, beta_weight(rho, p, 1 - p), {1, 0}};
    return mixture.log_value(successes - count * p, variance * count) + std::log(alpha);
  };
  constexpr double edge = 1e-12;
  Interval interval{0, 1};
  if (observed > edge && gap(edge) > 0) interval.low = bracketed_root(gap, edge, observed, 1e-13);
  if (observed < 1 - edge && gap(1 - edge) > 0) interval.high = bracketed_root(gap, observed, 1 - edge, 1e-13);
  return interval;
}

}  // namespace touchstone::stats
