#pragma once

#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// What a covariate did to a row: "44 % of the variance taken out (correlation 0.663); without it difference 1.2 [0.1,
/// 2.3], relative 0.04 [0.003, 0.08], p-value 0.03; no history: 12 of control, 15 of treatment".
[[nodiscard]] std::string adjustment_text(const judge::Adjustment& made);

}  // namespace touchstone::page
