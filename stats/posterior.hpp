#pragma once

#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// Posteriors by deterministic quadrature: no sampling, the same bits each time, right in the far tails.
namespace touchstone::stats {

/// Treatment B against control A.
struct PosteriorComparison {
  Status status = Status::no_data;
  Tail better;                    ///< P(B > A)
  Tail worse;                     ///< P(A > B)
  double loss_b = undefined;      ///< expected loss of choosing B: E max(A - B, 0)
  double loss_a = undefined;      ///< expected loss of choosing A: E max(B - A, 0)
  double difference = undefined;  ///< posterior mean of B - A
};

/// All arms at once.
struct BestOfMany {
  Status status = Status::no_data;
  std::vector<double> chance_best;    ///< P(arm is the largest), the Thompson share
  std::vector<double> expected_loss;  ///< E[max] - E[arm]
  double expected_max = undefined;
};

struct BetaPrior {
  double alpha = 1;
  double beta = 1;
};

/// The posterior of a conversion rate, Beta(alpha, beta).
struct BetaPosterior {
  double alpha = 1;
  double beta = 1;

  [[nodiscard]] double mean() const noexcept { return alpha / (alpha + beta); }
  [[nodiscard]] double variance() const noexcept;
};
[[nodiscard]] BetaPosterior posterior(const Proportion& arm, const BetaPrior& prior = {}) noexcept;
/// Equal-tailed credible interval at `level`.
[[nodiscard]] Interval credible(const BetaPosterior& posterior, double level);
[[nodiscard]] PosteriorComparison compare(const BetaPosterior& a, const BetaPosterior& b);
[[nodiscard]] BestOfMany best_of_many(std::span<const BetaPosterior> arms);

/// A normal posterior of a mean or an effect.
struct NormalPosterior {
  double mean = undefined;
  double sd = undefined;
};
struct NormalPrior {
  double mean = 0;
  double sd = infinity;  ///< infinite: flat
};
/// Normal likelihood estimate ~ N(d, se^2) with a normal or flat prior on d.
[[nodiscard]] NormalPosterior posterior(double estimate, double se, const NormalPrior& prior = {}) noexcept;
[[nodiscard]] Interval credible(const NormalPosterior& posterior, double level);
[[nodiscard]] PosteriorComparison compare(const NormalPosterior& a, const NormalPosterior& b);
[[nodiscard]] BestOfMany best_of_many(std::span<const NormalPosterior> arms);
/// (P(arm best) + P(arm second best)) / 2 for each arm: the top-two allocation.
[[nodiscard]] std::vector<double> top_two_weights(std::span<const NormalPosterior> arms);

/// What the posterior of an effect d says: P(d > 0), losses of choosing either arm, mass of the region of practical
/// equivalence [-rope, rope].
struct EffectPosterior {
  NormalPosterior posterior;
  Tail above;           ///< P(d > 0)
  Tail below;           ///< P(d < 0)
  Tail loss_treatment;  ///< E max(-d, 0), .p is the loss itself, with its log10
  Tail loss_control;    ///< E max(d, 0)
  double in_rope = undefined;
  double above_rope = undefined;
  double below_rope = undefined;
};
[[nodiscard]] EffectPosterior judge(const NormalPosterior& effect, double rope);
/// ln of the Bayes factor of N(prior) effects against exactly zero; an e-value, hence a safe stopping rule.
[[nodiscard]] double log_bayes_factor(double estimate, double se, const NormalPrior& prior) noexcept;

}  // namespace touchstone::stats
