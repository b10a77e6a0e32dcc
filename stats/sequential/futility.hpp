#pragma once

#include <span>

#include "stats/estimate.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "stats/sequential/spending.hpp"

/// One-sided group sequential designs that also stop where the effect has become unlikely: beta spending (Pampallona,
/// Tsiatis and Kim 2001), on the scale of Z.
namespace touchstone::stats {

struct FutilityPlan {
  Spending alpha_spending{};
  double alpha = 0.025;  ///< one-sided
  Spending beta_spending{};
  bool binding = false;  ///< alpha is kept only if nobody goes on beyond a futility bound; otherwise in any case
};

/// Efficacy spends alpha without drift, futility spends beta under the drift, and both meet at the last look.
/// Undefined, without bounds, where a spending leaves nothing for the last look.
struct FutilityDesign {
  Bounds bounds{};
  double drift = undefined;
  double beta = undefined;  ///< 1 - power where futility is obeyed
};

/// With the drift that an error of the second kind beta < 1 - alpha asks for.
[[nodiscard]] FutilityDesign futility_design(std::span<const double> information, const FutilityPlan& plan,
                                             double beta);

/// With the smallest beta that a drift above 0 allows; where that is less than 1e-12, for 1e-12 and the drift that it
/// asks for.
[[nodiscard]] FutilityDesign futility_design_at(std::span<const double> information, const FutilityPlan& plan,
                                                double drift);

}  // namespace touchstone::stats
