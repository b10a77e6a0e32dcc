#pragma once

#include <cstdint>
#include <span>

#include "stats/moments.hpp"

namespace touchstone::stats {

/// Control (a) and treatment (b) within one stratum. A stratum never mixes two assignment weights: a phase, or an entry
/// tick within a phase. Comparing within strata and then averaging is what keeps a ramp or a new split from reversing
/// a result (Cochran 1954; Mantel and Haenszel 1959).
struct MeanStratum {
  Moments a;
  Moments b;
};

/// Units of which `conversions` converted.
struct Proportion {
  std::int64_t conversions = 0;
  std::int64_t units = 0;

  [[nodiscard]] double count() const noexcept { return static_cast<double>(units); }
  [[nodiscard]] double rate() const noexcept;  ///< undefined without units
};

struct ProportionStratum {
  Proportion a;
  Proportion b;
};

/// nA nB / (nA + nB), 0 where both are 0: the weight of a stratum's difference, best for a common difference and equal
/// variances.
[[nodiscard]] double harmonic_weight(std::int64_t n_a, std::int64_t n_b) noexcept;

/// One arm's mean over the strata with their harmonic weights, so that both arms are averaged over the same mix.
struct ArmMean {
  double mean = undefined;
  double variance = undefined;  ///< of the mean
  double df_part = undefined;   ///< sum of (variance_k)^2/(n_k - 1): the arm's share of the Welch-Satterthwaite df
};

/// The variance of (B - A) - L A as a quadratic in the lift L: at_null + 2 L cross + L^2 baseline.
struct LiftVariance {
  double at_null = undefined;
  double cross = undefined;
  double baseline = undefined;
};

/// The two arms over all strata; with one stratum exactly that stratum.
struct ComparedMeans {
  Status status = Status::no_data;  ///< ok, no_data or insufficient_data; zero variance is for the test to say
  ArmMean a;
  ArmMean b;
  double difference = undefined;  ///< b - a
  LiftVariance own;               ///< each arm with its own variance
  LiftVariance pooled;            ///< both arms with one: "(1 + L) A is distributed as B" (score form)
  LiftVariance pooled_shift;      ///< the pooled variance of (B - A) - (difference + e) as a quadratic in e
  std::int64_t units = 0;         ///< compared
  std::int64_t left_out = 0;      ///< in strata with fewer than two units in an arm, which carry no variance
};
[[nodiscard]] ComparedMeans compare(std::span<const MeanStratum> strata) noexcept;

/// 0/1 values as moments: mean p, m2 = n p (1-p), m3 = n p (1-p)(1-2p).
[[nodiscard]] Moments moments(const Proportion& arm) noexcept;

}  // namespace touchstone::stats
