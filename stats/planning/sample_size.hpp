#pragma once

#include <cstdint>
#include <optional>

#include "stats/estimate.hpp"

/// How many units an experiment needs, what it can find, and how sure it is to find it: one treatment against control,
/// two-sided. Own-variance standard errors: conversions p (1 - p) of each arm; values keep the baseline's variance.
namespace touchstone::stats {

/// What the metric shows without a treatment.
struct Baseline {
  bool conversions = false;  ///< the mean is a share of units, and the variance follows from it
  double mean = 0;
  double variance = 0;   ///< of a unit's value, where it has one
  double answering = 1;  ///< share of units that have a value: who answers a survey, who orders
};

/// Shares of all units that enter; the rest go to other treatments.
struct Split {
  double control = 0.5;
  double treatment = 0.5;
};

/// Variance of the estimated difference, times the number of all units.
[[nodiscard]] double difference_variance(const Baseline& baseline, const Split& split, double difference) noexcept;

/// drift = |difference| sqrt(units/difference_variance), solved for each of the three. Undefined where a share would
/// leave (0, 1) or nothing is asked for.
[[nodiscard]] double drift_of(const Baseline& baseline, const Split& split, double difference, double units) noexcept;
[[nodiscard]] double units_for(const Baseline& baseline, const Split& split, double difference, double drift) noexcept;
/// The smallest rise (`sign` +1) or drop (-1), as a signed difference.
[[nodiscard]] double detectable(const Baseline& baseline, const Split& split, double units, double drift, int sign);

/// z_{1-alpha/2} + z_{power}: the drift that a fixed horizon asks for.
[[nodiscard]] double fixed_horizon_drift(double power, double alpha) noexcept;

enum class SizedFor : std::uint8_t { always_valid, fixed_horizon };

/// Two of difference, units and power are given, the third is solved for; the power is .8 where only one is.
struct SizeQuestion {
  Baseline baseline;
  Split split;
  double alpha = 0.05;  ///< two-sided, of this one comparison
  SizedFor method = SizedFor::always_valid;
  std::optional<double> difference{};
  std::optional<double> units{};  ///< all that enter, whatever treatment they get
  std::optional<double> power{};
  int sign = 1;  ///< of a difference that is solved for
};

struct SizeAnswer {
  double difference = undefined;
  double units = undefined;
  double power = undefined;
  double wrong_sign = undefined;               ///< P(declared, but the other way)
  double expected_with_effect = undefined;     ///< units at the declaration, or all of them without one
  double expected_without_effect = undefined;  ///< the same where there is no difference
  double fixed_horizon_units = undefined;      ///< for one look at the end and the same power
};
/// Figures are undefined where the question has no answer: no effect to find, a rate outside of (0, 1), a power below
/// alpha.
[[nodiscard]] SizeAnswer answer(const SizeQuestion& question);

}  // namespace touchstone::stats
