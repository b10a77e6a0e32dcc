#pragma once

#include <cstdint>
#include <optional>

#include "stats/estimate.hpp"
#include "stats/planning/stopping.hpp"

/// How many units an experiment needs, what it can find, and how sure it is to find it: one treatment against control,
/// alpha two-sided. Own-variance standard errors: conversions p (1 - p) of each arm; values keep the baseline's
/// variance.
namespace touchstone::stats {

/// What the metric shows without a treatment.
struct Baseline {
  bool conversions = false;  ///< the mean is a share of units, and the variance follows from it
  double mean = 0;
  double variance = 0;   ///< of a unit's value, where it has one
  double answering = 1;  ///< share of units that have a value: who answers a survey, who orders
  double factor = 1;  ///< of the difference's variance: below 1 by a covariate, above it where units come in clusters
};

/// 1 - correlation^2: what is left when a covariate from before the experiment explains the rest (CUPED).
[[nodiscard]] double covariate_factor(double correlation) noexcept;

/// 1 + ((1 + cv^2) mean - 1) intraclass: clusters of that many units, cv the coefficient of variation of their sizes
/// (Eldridge, Ashby and Kerry 2006).
[[nodiscard]] double cluster_factor(double mean_size, double size_deviation, double intraclass) noexcept;

/// A ratio of two means over units, by the delta method: its variance is that of (y - R x)/mean(x).
struct RatioMoments {
  double numerator = 0;
  double numerator_deviation = 0;
  double denominator = 1;
  double denominator_deviation = 0;
  double correlation = 0;
};
[[nodiscard]] Baseline ratio_baseline(const RatioMoments& moments) noexcept;

/// Shares of all units that enter; the rest go to other treatments.
struct Allocation {
  double control = 0.5;
  double treatment = 0.5;
};

/// Variance of the estimated difference, times the number of all units.
[[nodiscard]] double difference_variance(const Baseline& baseline, const Allocation& allocation,
                                         double difference) noexcept;

/// drift = |difference| sqrt(units/difference_variance), solved for each of the three. Undefined where a share would
/// leave (0, 1) or nothing is asked for.
[[nodiscard]] double drift_of(const Baseline& baseline, const Allocation& allocation, double difference,
                              double units) noexcept;
[[nodiscard]] double units_for(const Baseline& baseline, const Allocation& allocation, double difference,
                               double drift) noexcept;
/// The smallest rise (`sign` +1) or drop (-1), as a signed difference.
[[nodiscard]] double detectable(const Baseline& baseline, const Allocation& allocation, double units, double drift,
                                int sign);

/// What is to be shown of a difference.
enum class Claim : std::uint8_t {
  difference,       ///< that there is one
  non_inferiority,  ///< that it is no harm beyond the margin
  equivalence,      ///< that it lies within the margin on both sides; planned for none
};

/// Two of difference, units and power are given, the third is solved for; the power is .8 where only one is. With a
/// margin the difference is the true one, none unless it is given, and units or power are solved for.
struct SizeQuestion {
  Baseline baseline;
  Allocation allocation;
  double alpha = 0.05;  ///< two-sided, of this one comparison
  Stopping stopping{};
  std::optional<double> difference{};
  std::optional<double> units{};  ///< all that enter, whatever treatment they get
  std::optional<double> power{};
  int sign = 1;  ///< of a difference that is solved for; with a margin: of one that is no harm
  Claim claim = Claim::difference;
  double margin = 0;
};

struct SizeAnswer {
  double difference = undefined;
  double units = undefined;
  double power = undefined;
  double wrong_sign = undefined;               ///< P(declared, but the other way)
  double expected_with_effect = undefined;     ///< units at the declaration or for futility, or all of them without
  double expected_without_effect = undefined;  ///< the same where there is no difference, or one as large as the margin
  double fixed_horizon_units = undefined;      ///< for one look at the end and the same power
  double given_up_with_effect = undefined;     ///< P(ended for futility before the last look); 0 without futility
  double given_up_without_effect = undefined;  ///< the same where there is no difference, or one as large as the margin
  Design design{};
};
/// Figures are undefined where the question has no answer: no effect to find, a rate outside of (0, 1), a power below
/// alpha, futility of an equivalence, which has no side, or of a spending that leaves nothing for the last look.
[[nodiscard]] SizeAnswer answer(const SizeQuestion& question);

}  // namespace touchstone::stats
