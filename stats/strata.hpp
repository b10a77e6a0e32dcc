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

  [[nodiscard]] double rate() const noexcept;  ///< undefined without units
};

struct ProportionStratum {
  Proportion a;
  Proportion b;
};

/// nA nB / (nA + nB): the weight of a stratum's difference, best for a common difference and equal variances.
[[nodiscard]] double harmonic_weight(std::int64_t n_a, std::int64_t n_b) noexcept;

/// One arm's mean over the strata with their harmonic weights, so that both arms are averaged over the same mix.
struct ArmMean {
  double mean = undefined;
  double variance = undefined;  ///< of the mean
  double df_part = undefined;   ///< sum of (variance_k)^2 / (n_k - 1): the arm's share of the Welch-Satterthwaite df
};

/// The two arms over all strata; with one stratum exactly that stratum. Strata with fewer than two units in an arm
/// carry no variance and are left out; `left_out` counts their units.
struct ComparedMeans {
  Status status = Status::no_data;  ///< ok, no_data, insufficient_data; zero variance is for the test to say
  ArmMean a;
  ArmMean b;
  double difference = undefined;  ///< b - a
  double pooled_a =
      undefined;  ///< terms of the null (pooled) variance of b - R a: pooled_b - 2 R pooled_ab + R^2 pooled_a
  double pooled_b = undefined;
  double pooled_ab = undefined;
  std::int64_t units = 0;
  std::int64_t left_out = 0;
};
[[nodiscard]] ComparedMeans compare(std::span<const MeanStratum> strata) noexcept;

/// 0/1 values as moments: mean p, m2 = n p (1-p), m3 = n p (1-p)(1-2p).
[[nodiscard]] Moments moments(const Proportion& arm) noexcept;

}  // namespace touchstone::stats
