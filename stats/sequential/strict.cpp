#include "stats/sequential/strict.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "stats/fixed/fisher.hpp"
#include "stats/numeric/binomial.hpp"

namespace touchstone::stats {
namespace {

constexpr double widest_bet = 3.2;
constexpr int betting_nodes = 16;
constexpr int tilt_nodes = 24;

// ln(1 - q + q exp(y)).
double log_stake(double y, double q) noexcept {
  return y > 0 ? y + std::log(q + (1 - q) * std::exp(-y)) : std::log1p(q * std::expm1(y));
}

// ln sum over the tick's law of pmf(x) exp(theta x).
double log_tilted_mass(const ConversionTick& tick, double theta) {
  const auto total = static_cast<double>(tick.users);
  const auto in_b = static_cast<double>(tick.users_b);
  const auto converted = static_cast<double>(tick.conversions);
  const std::int64_t first = std::max<std::int64_t>(0, tick.conversions - (tick.users - tick.users_b));
  double sum = -infinity;
  for (std::int64_t x = first; x <= std::min(tick.conversions, tick.users_b); ++x) {
    const auto count = static_cast<double>(x);
    sum = log_add(sum, hypergeometric_log_pmf(count, total, converted, in_b) + theta * count);
  }
  return sum;
}

}  // namespace

BetGrid::BetGrid(double tau, int nodes) {
  double total = 0;
  for (int j = 0; j < nodes; ++j) {
    const double x = (j + 0.5) / nodes * widest_bet;
    bets_.push_back(tau * x);
    log_weights_.push_back(-0.5 * x * x);
    total += std::exp(log_weights_.back());
  }
  for (double& weight : log_weights_) weight -= std::log(total);
}

double BetGrid::log_mixture(const std::vector<double>& logs) const noexcept {
  double sum = -infinity;
  for (std::size_t j = 0; j < logs.size(); ++j) sum = log_add(sum, log_weights_[j] + logs[j]);
  return sum;
}

ArmBetting::ArmBetting(double tau) : grid_(tau, betting_nodes), up_(grid_.bets().size()), down_(grid_.bets().size()) {}

void ArmBetting::add(double centred, bool in_b, double q) noexcept {
  for (std::size_t j = 0; j < up_.size(); ++j) {
    const double y = grid_.bets()[j] * centred;
    up_[j] += (in_b ? y : 0) - log_stake(y, q);
    down_[j] += (in_b ? -y : 0) - log_stake(-y, q);
  }
}

StrictEvidence ArmBetting::evidence() const noexcept { return {grid_.log_mixture(up_), grid_.log_mixture(down_)}; }

ConversionTilt::ConversionTilt(double tau)
    : grid_(tau, tilt_nodes), up_(grid_.bets().size()), down_(grid_.bets().size()) {}

void ConversionTilt::add(const ConversionTick& tick) {
  const auto x = static_cast<double>(tick.conversions_b);
  for (std::size_t j = 0; j < up_.size(); ++j) {
    const double theta = grid_.bets()[j];
    up_[j] += theta * x - log_tilted_mass(tick, theta);
    down_[j] += -theta * x - log_tilted_mass(tick, -theta);
  }
}

StrictEvidence ConversionTilt::evidence() const noexcept { return {grid_.log_mixture(up_), grid_.log_mixture(down_)}; }

}  // namespace touchstone::stats
