#pragma once

#include "service/judge/comparison.hpp"

namespace touchstone::judge {

/// What the covariate did to a comparison whose adjusted figures are there.
[[nodiscard]] Adjustment adjustment(const Case& of, const Comparison& made);

/// How unlikely the covariates of control and treatment are if both were drawn alike: at every tick where the plan
/// walks by ticks, else as the plan looks. Undefined where there is too little to say.
[[nodiscard]] double imbalance_p(const Case& of, std::size_t metric, std::size_t variant);

}  // namespace touchstone::judge
