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

// The law of B's conversions in a tick, in logs: that of `first`, `first` + 1, ...
struct LogLaw {
  std::int64_t first = 0;
  std::vector<double> masses;
};
LogLaw log_law_of(const ConversionTick& tick) {
  const auto total = static_cast<double>(tick.users);
  const auto in_b = static_cast<double>(tick.users_b);
  const auto converted = static_cast<double>(tick.conversions);
  LogLaw law{std::max<std::int64_t>(0, tick.conversions - (tick.users - tick.users_b)), {}};
  for (std::int64_t x = law.first; x <= std::min(tick.conversions, tick.users_b); ++x)
    law.masses.push_back(hypergeometric_log_pmf(static_cast<double>(x), total, converted, in_b));
  return law;
}

// ln sum over the law of pmf(x) exp(theta x).
double log_tilted_mass(const LogLaw& law, double theta) {
  const auto tilted = [&](std::size_t i) {
    return law.masses[i] + theta * static_cast<double>(law.first + static_cast<std::int64_t>(i));
  };
  double largest = -infinity;
  for (std::size_t i = 0; i < law.masses.size(); ++i) largest = std::max(largest, tilted(i));
  double sum = 0;
  for (std::size_t i = 0; i < law.masses.size(); ++i) sum += std::exp(tilted(i) - largest);
  return largest + std::log(sum);
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

void ArmBetting::add(double centred, std::int64_t in_a, std::int64_t in_b, double q) noexcept {
  const auto users = static_cast<double>(in_a + in_b);
  const auto won = static_cast<double>(in_b);
  for (std::size_t j = 0; j < up_.size(); ++j) {
    const double y = grid_.bets()[j] * centred;
    up_[j] += won * y - users * log_stake(y, q);
    down_[j] += -won * y - users * log_stake(-y, q);
  }
}

StrictEvidence ArmBetting::evidence() const noexcept { return {grid_.log_mixture(up_), grid_.log_mixture(down_)}; }

ConversionTilt::ConversionTilt(double tau)
    : grid_(tau, tilt_nodes), up_(grid_.bets().size()), down_(grid_.bets().size()) {}

void ConversionTilt::add(const ConversionTick& tick) {
  const auto x = static_cast<double>(tick.conversions_b);
  const LogLaw law = log_law_of(tick);
  for (std::size_t j = 0; j < up_.size(); ++j) {
    const double theta = grid_.bets()[j];
    up_[j] += theta * x - log_tilted_mass(law, theta);
    down_[j] += -theta * x - log_tilted_mass(law, -theta);
  }
}

StrictEvidence ConversionTilt::evidence() const noexcept { return {grid_.log_mixture(up_), grid_.log_mixture(down_)}; }

}  // namespace touchstone::stats
