#pragma once

#include <vector>

#include "stats/numeric/normal_step.hpp"

namespace touchstone::stats {

/// A tail and how it changes with the distance from the centre: its first three derivatives.
struct TailSlopes {
  double tail = 0;
  double first = 0;
  double second = 0;
  double third = 0;
};

/// The score process of a sequential design, S(I) ~ N(drift I, I) with independent increments, Z = S/sqrt(I), as far as
/// it has not been stopped: the canonical joint distribution of group sequential tests (Armitage, McPherson and Rowe
/// 1969; Jennison and Turnbull 2000, chapter 19). Its sub-density is carried from look to look by Gauss-Legendre panels
/// whose width follows the step, so close looks and tiny spends keep their digits.
///
/// Use: advance() to a look, ask above() and below(), then stop_outside() what was decided there.
class ScoreWalk {
 public:
  explicit ScoreWalk(double drift = 0);

  /// To the next look; information must grow.
  void advance(double information);

  /// P(not stopped before this look, Z at or above z), and at or below.
  [[nodiscard]] double above(double z) const noexcept;
  [[nodiscard]] double below(double z) const noexcept;
  /// The same with their derivatives by z, and by -z.
  [[nodiscard]] TailSlopes slopes_above(double z) const noexcept;
  [[nodiscard]] TailSlopes slopes_below(double z) const noexcept;

  /// Ends every path with Z outside [z_low, z_high] at this look. Infinite bounds are allowed.
  void stop_outside(double z_low, double z_high);

  [[nodiscard]] double information() const noexcept { return information_; }
  /// The mean of Z at this look, had nobody stopped before.
  [[nodiscard]] double centre() const noexcept;

 private:
  [[nodiscard]] std::vector<double> density_on(const EqualPanels& panels) const;
  void settle(double next_step);

  double drift_;
  double information_ = 0;
  double step_ = 0;  // sd of the increment to this look
  double low_ = 0;   // scores kept at this look
  double high_ = 0;
  double reach_ = 18;          // how many steps away a node still counts
  EqualPanels panels_;         // of the look before; none at the start, where all stand at 0
  std::vector<double> nodes_;  // their scores and masses
  std::vector<double> masses_;
};

}  // namespace touchstone::stats
