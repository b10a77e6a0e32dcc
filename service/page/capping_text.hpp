#pragma once

#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// What a cap by percentile did to a row: "at 412.5, percentile 99.9 of all arms together; above it 3 units of control,
/// 5 of treatment; without it difference 1.2 [0.1, 2.3], relative 0.04 [0.003, 0.08], p-value 0.03".
[[nodiscard]] std::string capping_text(const judge::Capping& made);

}  // namespace touchstone::page
