#include "stats/sequential/score_walk.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/panels.hpp"

namespace touchstone::stats {
namespace {

constexpr double far_out = 9.5;          // beyond this an open side holds nothing
constexpr double steps_per_panel = 3.5;  // 16 points resolve a normal kernel of this width to the last digits
constexpr double negligible = 1e-22;

double normal_tail(double z) noexcept { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

// Adds what a mass at z standard deviations below the edge has beyond it.
void add_normal(TailSlopes& sum, double mass, double z) noexcept {
  const double density = mass * normal_density(z);
  sum.tail += mass * normal_tail(z);
  sum.first -= density;
  sum.second += density * z;
  sum.third += density * (1 - z * z);
}

// By the edge in z, of which a deviation is 1/scale.
TailSlopes scaled(const TailSlopes& sum, double scale) noexcept {
  return {sum.tail, sum.first * scale, sum.second * scale * scale, sum.third * scale * scale * scale};
}

}  // namespace

ScoreWalk::ScoreWalk(double drift) : drift_(drift), nodes_{0}, masses_{1} {}

void ScoreWalk::advance(double information) {
  const double next_step = std::sqrt(information - information_);
  if (information_ > 0) settle(next_step);
  step_ = next_step;
  information_ = information;
  const double root = std::sqrt(information);
  low_ = drift_ * information - far_out * root;
  high_ = drift_ * information + far_out * root;
  reach_ = 2 * far_out;
}

double ScoreWalk::centre() const noexcept { return drift_ * std::sqrt(information_); }

// Gives this look's kept scores their nodes, narrow enough for the step before and the step to come.
void ScoreWalk::settle(double next_step) {
  if (nodes_.empty() || !(high_ > low_)) {
    nodes_.clear();
    return;
  }
  const double widest = steps_per_panel * std::min(step_, next_step);
  const double count = std::max(1.0, std::ceil((high_ - low_) / widest));
  const EqualPanels panels{low_, 0.5 * (high_ - low_) / count, static_cast<std::size_t>(count)};
  masses_ = density_on(panels);
  nodes_.resize(panels.size());
  for (std::size_t i = 0; i < panels.size(); ++i) {
    nodes_[i] = panels.node(i);
    masses_[i] *= panels.weight(i);
  }
  panels_ = panels;
}

std::vector<double> ScoreWalk::density_on(const EqualPanels& panels) const {
  const NormalStep step{drift_ * step_ * step_, step_, reach_};
  if (panels_.count > 0) return after_step(step, panels_, masses_, panels);
  std::vector<double> density(panels.size());
  for (std::size_t i = 0; i < density.size(); ++i)
    density[i] = normal_density((panels.node(i) - step.shift) / step_) / step_;
  return density;
}

// From the side of the tail inwards: masses and tails are log-concave, so once a term no longer counts none will.
double ScoreWalk::above(double z) const noexcept {
  const double edge = z * std::sqrt(information_) - drift_ * step_ * step_;
  double sum = 0;
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const double term = masses_[i] * normal_tail((edge - nodes_[i]) / step_);
    sum += term;
    if (term < negligible * sum) break;
  }
  return sum;
}

double ScoreWalk::below(double z) const noexcept {
  const double edge = z * std::sqrt(information_) - drift_ * step_ * step_;
  double sum = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const double term = masses_[i] * normal_tail((nodes_[i] - edge) / step_);
    sum += term;
    if (term < negligible * sum) break;
  }
  return sum;
}

TailSlopes ScoreWalk::slopes_above(double z) const noexcept {
  const double root = std::sqrt(information_);
  const double edge = z * root - drift_ * step_ * step_;
  TailSlopes sum;
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const double before = sum.tail;
    add_normal(sum, masses_[i], (edge - nodes_[i]) / step_);
    if (sum.tail - before < negligible * sum.tail) break;
  }
  return scaled(sum, root / step_);
}

TailSlopes ScoreWalk::slopes_below(double z) const noexcept {
  const double root = std::sqrt(information_);
  const double edge = z * root - drift_ * step_ * step_;
  TailSlopes sum;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const double before = sum.tail;
    add_normal(sum, masses_[i], (nodes_[i] - edge) / step_);
    if (sum.tail - before < negligible * sum.tail) break;
  }
  return scaled(sum, root / step_);
}

void ScoreWalk::stop_outside(double z_low, double z_high) {
  const double root = std::sqrt(information_);
  if (std::isfinite(z_low)) low_ = z_low * root;
  if (std::isfinite(z_high)) high_ = z_high * root;
  // A bound far out matters where later spends are as small as the mass between here and there.
  const double farthest = std::max(std::abs(low_), std::abs(high_)) / root;
  reach_ = std::min(38.0, far_out + std::max(farthest, 3.0));
}

}  // namespace touchstone::stats
