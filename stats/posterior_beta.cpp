#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/distribution/beta.hpp"
#include "stats/numeric/density.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/posterior.hpp"

namespace touchstone::stats {
namespace {

// In the logit u of a rate the density is log-concave for every alpha, beta > 0, its peak is the mean, and its
// curvature there is alpha beta/(alpha + beta).
double log_density(const BetaPosterior& arm, double u) noexcept {
  return beta_log_density_logit(arm.alpha, arm.beta, from_logit(u));
}
double peak(const BetaPosterior& arm) noexcept { return std::log(arm.alpha / arm.beta); }
double width(const BetaPosterior& arm) noexcept { return std::sqrt((arm.alpha + arm.beta) / (arm.alpha * arm.beta)); }

void append_breaks(std::vector<double>& breaks, const BetaPosterior& arm) {
  stats::append_breaks(
      breaks, [&](double u) { return log_density(arm, u); }, peak(arm), width(arm));
}

double pooled_logit(const BetaPosterior& low, const BetaPosterior& high) noexcept {
  return std::log((low.alpha + high.alpha) / (low.beta + high.beta));
}

// Where P(low > u) P(high < u) is not negligible, if both fall as their densities do beyond their peaks: they differ
// from that by less than the margin that the deepest panel drop leaves.
Interval overlap(const BetaPosterior& low, const BetaPosterior& high) {
  const double low_peak = peak(low);
  const double high_peak = peak(high);
  const double low_top = log_density(low, low_peak);
  const double high_top = log_density(high, high_peak);
  const auto weight = [&](double u) {
    return (u > low_peak ? log_density(low, u) - low_top : 0) + (u < high_peak ? log_density(high, u) - high_top : 0);
  };
  constexpr double deepest = 60;
  const double top = pooled_logit(low, high);
  return {fallen_by(weight, top, deepest, -1, width(high)), fallen_by(weight, top, deepest, 1, width(low))};
}

Panels panels_of(const BetaPosterior& low, const BetaPosterior& high) {
  const Interval window = overlap(low, high);
  std::vector<double> breaks;
  append_breaks(breaks, low);
  append_breaks(breaks, high);
  std::erase_if(breaks, [&](double u) { return !(u > window.low && u < window.high); });
  const double middle = pooled_logit(low, high);
  // Far apart, neither density's own breaks fall where the two meet.
  for (int i = 0; i <= 4; ++i) {
    const double share = i / 4.0;
    breaks.push_back(window.low + share * (middle - window.low));
    breaks.push_back(window.high + share * (middle - window.high));
  }
  return Panels(breaks);
}

std::vector<double> densities(const Panels& panels, const BetaPosterior& arm, double& log_scale) {
  std::vector<double> values;
  values.reserve(panels.size());
  for (const double u : panels.nodes()) values.push_back(log_density(arm, u));
  log_scale = *std::max_element(values.begin(), values.end());
  for (double& value : values) value = std::exp(value - log_scale);
  return values;
}

double log_of(const Tail& tail) noexcept { return tail.log10_p * std::numbers::ln10; }

double end_of(const Panels& panels, bool left) noexcept {
  return left ? panels.nodes().front() : panels.nodes().back();
}

// P(low > high) and E max(low - high, 0), both small where `low` has the lower mean.
struct Upset {
  Tail chance;
  double loss;
};
Upset upset(const BetaPosterior& low, const BetaPosterior& high) {
  const Panels panels = panels_of(low, high);
  double scale_low = 0;
  double scale_high = 0;
  const std::vector<double> f_low = densities(panels, low, scale_low);
  const std::vector<double> f_high = densities(panels, high, scale_high);
  const double below = log_of(beta_lower(high.alpha, high.beta, from_logit(end_of(panels, true))));
  const double above = log_of(beta_upper(low.alpha, low.beta, from_logit(end_of(panels, false))));
  const std::vector<double> cdf_high = panels.from_left(f_high, std::exp(below - scale_high));
  const std::vector<double> tail_low = panels.from_right(f_low, std::exp(above - scale_low));
  std::vector<double> chance(panels.size());
  std::vector<double> loss(panels.size());
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const UnitPoint at = from_logit(panels.nodes()[i]);
    chance[i] = f_low[i] * cdf_high[i];
    loss[i] = tail_low[i] * cdf_high[i] * at.x * at.y;
  }
  const double log_scale = scale_low + scale_high;
  const double log_chance = std::log(panels.integral(chance)) + log_scale;
  return {tail_of_log(std::min(0.0, log_chance)), panels.integral(loss) * std::exp(log_scale)};
}

Tail rest_of(const Tail& tail) noexcept { return tail_of(1 - tail.p, tail.p); }

}  // namespace

double BetaPosterior::variance() const noexcept {
  const double n = alpha + beta;
  return alpha / n * (beta / n) / (n + 1);
}

BetaPosterior posterior(const Proportion& arm, const BetaPrior& prior) noexcept {
  return {prior.alpha + static_cast<double>(arm.conversions),
          prior.beta + static_cast<double>(arm.units - arm.conversions)};
}

Interval credible(const BetaPosterior& posterior, double level) {
  const double q = (1 - level) / 2;
  return {beta_quantile(posterior.alpha, posterior.beta, q), beta_upper_quantile(posterior.alpha, posterior.beta, q)};
}

PosteriorComparison compare(const BetaPosterior& a, const BetaPosterior& b) {
  PosteriorComparison result;
  result.status = Status::ok;
  result.difference = b.mean() - a.mean();
  if (a.mean() <= b.mean()) {
    const Upset a_wins = upset(a, b);
    result.worse = a_wins.chance;
    result.better = rest_of(result.worse);
    result.loss_b = a_wins.loss;
    result.loss_a = a_wins.loss + result.difference;
  } else {
    const Upset b_wins = upset(b, a);
    result.better = b_wins.chance;
    result.worse = rest_of(result.better);
    result.loss_a = b_wins.loss;
    result.loss_b = b_wins.loss - result.difference;
  }
  return result;
}

}  // namespace touchstone::stats
