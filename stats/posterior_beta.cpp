#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "stats/distribution/beta.hpp"
#include "stats/numeric/density.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/posterior.hpp"

namespace touchstone::stats {
namespace {

// An arm with its density in the logit of the rate.
struct Arm {
  BetaPosterior posterior;
  BetaLogit density;

  explicit Arm(const BetaPosterior& of) noexcept : posterior(of), density(of.alpha, of.beta) {}

  // ln P(rate < u) and ln P(rate > u) at ascending points. The fraction converges on the far side of the mean alone,
  // and a window reaches over the mean of a skewed arm: there the other tail is the smaller one, or nearly.
  void log_below(std::span<const UnitPoint> at, std::span<double> logs) const noexcept {
    const std::size_t turn = turn_among(at);
    density.log_lower_far(at.first(turn), logs.first(turn));
    density.log_upper_far(at.subspan(turn), logs.subspan(turn));
    for (double& log_p : logs.subspan(turn)) log_p = rest(log_p);
  }
  void log_above(std::span<const UnitPoint> at, std::span<double> logs) const noexcept {
    const std::size_t turn = turn_among(at);
    density.log_lower_far(at.first(turn), logs.first(turn));
    density.log_upper_far(at.subspan(turn), logs.subspan(turn));
    for (double& log_p : logs.first(turn)) log_p = rest(log_p);
  }

 private:
  static double rest(double log_p) noexcept { return std::log1p(-std::exp(log_p)); }
  // How many of them lie below the mean.
  [[nodiscard]] std::size_t turn_among(std::span<const UnitPoint> at) const noexcept {
    const auto below = [&](const UnitPoint& point) { return point.x * posterior.beta < point.y * posterior.alpha; };
    return static_cast<std::size_t>(std::partition_point(at.begin(), at.end(), below) - at.begin());
  }
};

double pooled_logit(const BetaPosterior& low, const BetaPosterior& high) noexcept {
  return std::log((low.alpha + high.alpha) / (low.beta + high.beta));
}

// Where P(low > u) P(high < u) is not negligible, if both fall as their densities do beyond their peaks: they differ
// from that by less than the margin that the drop leaves.
Interval overlap(const Arm& low, const Arm& high) {
  const double low_peak = low.density.peak();
  const double high_peak = high.density.peak();
  const double low_top = low.density.log_density(low_peak);
  const double high_top = high.density.log_density(high_peak);
  const auto weight = [&](double u) {
    return (u > low_peak ? low.density.log_density(u) - low_top : 0) +
           (u < high_peak ? high.density.log_density(u) - high_top : 0);
  };
  constexpr double drop = 32;
  const double top = pooled_logit(low.posterior, high.posterior);
  return {fallen_by(weight, top, drop, -1, 10 * high.density.width()),
          fallen_by(weight, top, drop, 1, 10 * low.density.width())};
}

void append_breaks(std::vector<double>& breaks, const Arm& arm) {
  const auto log_density = [&](double u) { return arm.density.log_density(u); };
  stats::append_breaks(breaks, log_density, arm.density.peak(), arm.density.width());
}

Panels panels_of(const Arm& low, const Arm& high) {
  const Interval window = overlap(low, high);
  std::vector<double> breaks;
  append_breaks(breaks, low);
  append_breaks(breaks, high);
  std::erase_if(breaks, [&](double u) { return !(u > window.low && u < window.high); });
  // Far apart, neither density's own breaks fall where the two meet.
  const double middle = pooled_logit(low.posterior, high.posterior);
  for (const double share : {0.0, 1.0 / 3, 2.0 / 3, 1.0}) {
    breaks.push_back(window.low + share * (middle - window.low));
    breaks.push_back(window.high + share * (middle - window.high));
  }
  return {std::move(breaks), std::min(low.density.width(), high.density.width())};
}

std::vector<UnitPoint> points_of(const Panels& panels) {
  std::vector<UnitPoint> points;
  points.reserve(panels.size());
  for (const double u : panels.nodes()) points.push_back(from_logit(u));
  return points;
}

std::vector<double> densities(const std::vector<UnitPoint>& points, const Arm& arm, double& log_scale) {
  std::vector<double> values;
  values.reserve(points.size());
  for (const UnitPoint& at : points) values.push_back(arm.density.log_density(at));
  log_scale = *std::max_element(values.begin(), values.end());
  for (double& value : values) value = std::exp(value - log_scale);
  return values;
}

// P(low > high) and E max(low - high, 0), both small where `low` has the lower mean.
struct Upset {
  Tail chance;
  double loss;
};
// The two meet near their means or within a few widths of them: distribution functions are running integrals of the
// densities on the same nodes. These begin below the mean of the higher and end above that of the lower.
Upset near_upset(const Arm& low, const Arm& high) {
  const Panels panels = panels_of(low, high);
  double scale_low = 0;
  double scale_high = 0;
  const std::vector<UnitPoint> points = points_of(panels);
  const std::vector<double> f_low = densities(points, low, scale_low);
  const std::vector<double> f_high = densities(points, high, scale_high);
  const std::vector<double> cdf_high =
      panels.from_left(f_high, std::exp(high.density.log_lower_far(from_logit(panels.left())) - scale_high));
  const std::vector<double> tail_low =
      panels.from_right(f_low, std::exp(low.density.log_upper_far(from_logit(panels.right())) - scale_low));
  std::vector<double> chance(panels.size());
  std::vector<double> loss(panels.size());
  for (std::size_t i = 0; i < panels.size(); ++i) {
    chance[i] = f_low[i] * cdf_high[i];
    loss[i] = tail_low[i] * cdf_high[i] * points[i].x * points[i].y;
  }
  const double log_scale = scale_low + scale_high;
  return {tail_of_log(std::log(panels.integral(chance)) + log_scale), panels.integral(loss) * std::exp(log_scale)};
}

// ln of the sum of exp(logs).
double log_sum(std::span<const double> logs) {
  const double top = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - top);
  return top + std::log(sum);
}

// They meet in the far tails of both, where each changes by hundreds of powers of ten: everything stays in logarithms.
// What is integrated falls to nothing on both sides and has no edge: equal steps, of which more than one makes a
// standard deviation, leave an error far below the last digit (Trefethen and Weideman 2014).
Upset far_upset(const Arm& low, const Arm& high) {
  constexpr std::size_t places = 24;
  const Interval window = overlap(low, high);
  const double width = (window.high - window.low) / (places - 1);
  std::array<UnitPoint, places> points;
  for (std::size_t i = 0; i < places; ++i) points[i] = from_logit(window.low + width * static_cast<double>(i));
  std::array<double, places> below{};
  std::array<double, places> above{};
  high.log_below(points, below);
  low.log_above(points, above);
  std::array<double, places> chance{};
  std::array<double, places> loss{};
  for (std::size_t i = 0; i < places; ++i) {
    chance[i] = low.density.log_density(points[i]) + below[i];
    loss[i] = above[i] + below[i] + std::log(points[i].x) + std::log(points[i].y);
  }
  return {tail_of_log(log_sum(chance) + std::log(width)), width * std::exp(log_sum(loss))};
}

// Whether both have fallen by more than a normal density has at 4.4 standard deviations where they meet, and one of
// them by more than at 6.6. Farther out running integrals lose digits; nearer the means continued fractions take many
// terms.
bool meet_far_out(const Arm& low, const Arm& high) noexcept {
  constexpr double far = 9.6;
  constexpr double farther = 22;
  const double middle = pooled_logit(low.posterior, high.posterior);
  const auto fallen = [&](const Arm& arm) {
    return arm.density.log_density(arm.density.peak()) - arm.density.log_density(middle);
  };
  return std::min(fallen(low), fallen(high)) > far && std::max(fallen(low), fallen(high)) > farther;
}

Upset upset(const BetaPosterior& low_posterior, const BetaPosterior& high_posterior) {
  const Arm low(low_posterior);
  const Arm high(high_posterior);
  return meet_far_out(low, high) ? far_upset(low, high) : near_upset(low, high);
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
