#pragma once

#include <span>
#include <vector>

#include "service/judge/case.hpp"
#include "stats/fixed/covariate.hpp"
#include "stats/strata.hpp"

namespace touchstone::judge {

/// Both amounts of control and one treatment by phase; phases in which neither has a value are left out.
[[nodiscard]] std::vector<stats::CovariateStratum> pair_strata(const Case& of, std::size_t metric, std::size_t variant);

/// What is compared as means: the units' values, those of a ratio, or those that their covariate did not foretell.
[[nodiscard]] std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric,
                                                          std::span<const stats::CovariateStratum> pairs);
[[nodiscard]] std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::size_t variant);
/// The same without the covariate.
[[nodiscard]] std::vector<stats::MeanStratum> plain_strata(const Case& of, std::size_t metric, std::size_t variant);
/// For a proportion.
[[nodiscard]] std::vector<stats::ProportionStratum> proportion_strata(const Case& of, std::size_t metric,
                                                                      std::size_t variant);

}  // namespace touchstone::judge
