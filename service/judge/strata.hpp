#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "stats/strata.hpp"

namespace touchstone::judge {

/// Control and one treatment by phase; phases in which neither has a value are left out.
[[nodiscard]] std::vector<stats::MeanStratum> mean_strata(const Case& of, std::size_t metric, std::size_t variant);
/// The same for a proportion.
[[nodiscard]] std::vector<stats::ProportionStratum> proportion_strata(const Case& of, std::size_t metric,
                                                                      std::size_t variant);

}  // namespace touchstone::judge
