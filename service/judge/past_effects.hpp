#pragma once

#include <span>

#include "service/judge/portfolio.hpp"

namespace touchstone::judge {

/// The part of a portfolio that is about changes: prior, effects, shipped and left_out.
void compare_past(Portfolio& of, std::span<const PastExperiment> experiments);

}  // namespace touchstone::judge
