#include "stats/sequential/score_walk.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "stats/numeric/panels.hpp"

namespace touchstone::stats {
namespace {

constexpr double far_out = 9.5;          // beyond this an open side holds nothing
constexpr double steps_per_panel = 3.5;  // 16 points resolve a normal kernel of this width to the last digits

double normal_tail(double z) noexcept { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

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

// Gives this look's kept scores their nodes, narrow enough for the step before and the step to come.
void ScoreWalk::settle(double next_step) {
  if (!(high_ > low_)) {
    nodes_.clear();
    masses_.clear();
    return;
  }
  const double widest = steps_per_panel * std::min(step_, next_step);
  const auto count = static_cast<int>(std::max(1.0, std::ceil((high_ - low_) / widest)));
  std::vector<double> breaks;
  for (int i = 0; i <= count; ++i) breaks.push_back(low_ + (high_ - low_) * (static_cast<double>(i) / count));
  const Panels panels(std::move(breaks), 0);
  std::vector<double> masses(panels.size());
  for (std::size_t i = 0; i < masses.size(); ++i) masses[i] = panels.weight(i) * density(panels.nodes()[i]);
  nodes_.assign(panels.nodes().begin(), panels.nodes().end());
  masses_ = std::move(masses);
}

double ScoreWalk::density(double score) const noexcept {
  const double moved = score - drift_ * step_ * step_;
  const auto from = std::lower_bound(nodes_.begin(), nodes_.end(), moved - reach_ * step_) - nodes_.begin();
  const auto to = std::upper_bound(nodes_.begin(), nodes_.end(), moved + reach_ * step_) - nodes_.begin();
  double sum = 0;
  for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i) {
    const double z = (moved - nodes_[i]) / step_;
    sum += masses_[i] * std::exp(-0.5 * z * z);
  }
  return sum / (step_ * std::sqrt(2 * std::numbers::pi));
}

double ScoreWalk::above(double z) const noexcept {
  const double edge = z * std::sqrt(information_) - drift_ * step_ * step_;
  double sum = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) sum += masses_[i] * normal_tail((edge - nodes_[i]) / step_);
  return sum;
}

double ScoreWalk::below(double z) const noexcept {
  const double edge = z * std::sqrt(information_) - drift_ * step_ * step_;
  double sum = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) sum += masses_[i] * normal_tail((nodes_[i] - edge) / step_);
  return sum;
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
