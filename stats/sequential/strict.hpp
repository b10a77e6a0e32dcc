#pragma once

#include <vector>

#include "stats/sequential/conversions.hpp"

/// The strict modes: e-processes that are exact by Ville's inequality for every distribution and any data-driven stop,
/// with no horizon. They give away four to seven points of power against the defaults. Stop when a side reaches
/// 2/alpha.
namespace touchstone::stats {

/// A mixture over bets of either sign: bets theta_j = +-tau x_j with x_j spread over (0, 3.2] and half-normal weights.
/// tau = sqrt(32.85/V), V the planned variance of the statistic; when unsure, guess the variance high.
class BetGrid {
 public:
  BetGrid(double tau, int nodes);

  [[nodiscard]] const std::vector<double>& bets() const noexcept { return bets_; }  ///< of the upper side
  /// ln sum_j w_j exp(logs_j).
  [[nodiscard]] double log_mixture(const std::vector<double>& logs) const noexcept;

 private:
  std::vector<double> bets_;
  std::vector<double> log_weights_;
};

struct StrictEvidence {
  double log_e_up = 0;  ///< that B is above A
  double log_e_down = 0;
};

/// Values: a bet on each user's arm given the value. Under "the arm was drawn independently of the value" user i is in
/// B with probability q, whatever the value. Answers "did the treatment change the distribution along the mean".
class ArmBetting {
 public:
  explicit ArmBetting(double tau);

  /// `centred`: value less a centre fixed before this batch (mean of all earlier users; 0 at first).
  void add(double centred, bool in_b, double q) noexcept { add(centred, in_b ? 0 : 1, in_b ? 1 : 0, q); }
  /// So many users of each arm who have the same value.
  void add(double centred, std::int64_t in_a, std::int64_t in_b, double q) noexcept;
  [[nodiscard]] StrictEvidence evidence() const noexcept;

 private:
  BetGrid grid_;
  std::vector<double> up_;
  std::vector<double> down_;
};

/// Conversions: tilts of the hypergeometric law of each tick.
class ConversionTilt {
 public:
  explicit ConversionTilt(double tau);

  void add(const ConversionTick& tick);
  [[nodiscard]] StrictEvidence evidence() const noexcept;

 private:
  BetGrid grid_;
  std::vector<double> up_;
  std::vector<double> down_;
};

}  // namespace touchstone::stats
