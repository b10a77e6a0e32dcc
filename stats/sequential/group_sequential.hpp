#pragma once

#include <span>
#include <vector>

#include "stats/sequential/spending.hpp"

/// Group sequential designs with any number of looks at any information shares 0 < t_1 < ... < t_K, by the recursion of
/// score_walk.hpp. All bounds are on the scale of Z.
namespace touchstone::stats {

/// Upper bounds that spend `alpha` one-sided; with `symmetric` each side spends alpha and both bounds stop.
[[nodiscard]] std::vector<double> spending_bounds(std::span<const double> information, const Spending& spending,
                                                  double alpha, bool symmetric);

/// P(crossing an upper bound, or a lower one where symmetric) by each look, cumulative, under no effect.
[[nodiscard]] std::vector<double> crossing(std::span<const double> information, std::span<const double> bounds,
                                           bool symmetric);

/// Wang and Tsiatis 1987: bounds c t^(delta - 1/2) with c such that the one-sided error is alpha; delta 0 is O'Brien
/// and Fleming 1979, delta 1/2 is Pocock 1977.
[[nodiscard]] std::vector<double> power_family_bounds(std::span<const double> information, double delta, double alpha,
                                                      bool symmetric);

struct Bounds {
  std::vector<double> futility;  ///< -infinity where none; at the last look the efficacy bound
  std::vector<double> efficacy;
};

/// What a design does under a given drift (Z_k has mean drift sqrt(t_k)).
struct Operation {
  std::vector<double> efficacy;  ///< P(stopping at look k for efficacy)
  std::vector<double> futility;  ///< P(stopping at look k for futility)
  double power = 0;
  double expected_information = 0;  ///< as a share of the maximum
};
[[nodiscard]] Operation operate(std::span<const double> information, const Bounds& bounds, double drift);

/// The drift under which these bounds have power 1 - beta.
[[nodiscard]] double drift_for_power(std::span<const double> information, const Bounds& bounds, double beta);

/// (z_alpha + z_beta)^2: the squared drift of the fixed design of the same errors; drift^2 over it is the inflation.
[[nodiscard]] double fixed_shift(double alpha, double beta) noexcept;

}  // namespace touchstone::stats
