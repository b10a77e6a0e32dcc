#pragma once

#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// What a plan judges by, and how its comparisons share alpha: "always-valid v2 at α = 0.05; Holm over goals ×
/// variants, Benjamini-Hochberg over secondaries × variants".
[[nodiscard]] std::string method_text(const judge::JudgedPlan& plan);

/// Of a p that is adjusted otherwise than the plan says, why: ", by Bonferroni, ...". Empty for others.
[[nodiscard]] std::string correction_text(const judge::Fixed& fixed);

}  // namespace touchstone::page
