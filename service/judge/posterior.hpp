#pragma once

#include <cstddef>
#include <span>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"

namespace touchstone::judge {

/// Fills the posteriors of one metric's rows, one per treatment. Conversions in one phase: independent Beta(1, 1)
/// priors on the rates. Otherwise: flat priors, normal likelihoods of the arms' standardised means, every treatment
/// placed against control by its stratified difference. Better and best follow the metric's direction.
void add_posteriors(const Case& of, std::size_t metric, std::span<Comparison> rows);

}  // namespace touchstone::judge
